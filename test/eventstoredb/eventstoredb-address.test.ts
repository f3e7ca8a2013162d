import { expect, test } from 'vitest';

import { readAddress } from '../../src/event-sourcing/eventstoredb/address.js';

test('user and password are taken out, and decoded', () => {
  expect(readAddress('esdb://musubi:p%40ss%2Fw@node1:2113?tls=true&tlsCAFile=/ca.crt')).toEqual({
    connection: 'esdb://node1:2113?tls=true&tlsCAFile=/ca.crt',
    credentials: { username: 'musubi', password: 'p@ss/w' },
    tls: true,
    hosts: 'node1:2113',
  });
});

test.each([
  ['esdb://127.0.0.1:2113?tls=false', false, '127.0.0.1:2113'],
  ['esdb://node1:2113', true, 'node1:2113'],
  ['esdb://node1', true, 'node1'],
  ['esdb://a:2111,b:2112,c:2113?tls=true&nodePreference=leader', true, 'a:2111,b:2112,c:2113'],
  ['esdb+discover://cluster.example:2113?tls=false', false, 'cluster.example:2113'],
  ['  esdb://node1:2113/?tls=false  ', false, 'node1:2113'],
  ['esdb://[::1]:2113?tls=false', false, '[::1]:2113'],
])('%s', (text, tls, hosts) => {
  expect(readAddress(text)).toMatchObject({ tls, hosts, credentials: undefined });
});

test.each([
  '',
  'postgres://u:p@h/d',
  'http://node1:2113',
  'esdb://',
  'esdb://user@node1:2113',
  'esdb://user:%E0%A4%A@node1:2113',
  'esdb://node1:2113?tls=maybe',
  'esdb://node1:2113?tls',
  'esdb://node1:2113?tls=false tlsCAFile=x',
  'esdb://a b:2113',
])('%j is none', (text) => {
  expect(readAddress(text)).toBeUndefined();
});
