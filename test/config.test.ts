import { resolve } from 'node:path';

import { expect, test } from 'vitest';

import { ConfigRefused, readConfig } from '../src/config.js';

function faultsOf(environment: NodeJS.ProcessEnv) {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigRefused) return error.faults;
    throw error;
  }
  return [];
}

test('without any variable the register runs on its own database, for this machine only', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    data: resolve('data'),
    databaseUrl: undefined,
    eventStoreUrl: undefined,
    register: 'main',
    operator: '横浜市',
    sources: true,
    parties: true,
    logLevel: 'info',
    trustedProxies: [],
  });
});

test('every variable is read, and the result cannot be changed', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    MUSUBI_DATA: '/var/lib/musubi',
    DATABASE_URL: 'postgresql://clerk:secret@db.example:5433/register',
    EVENTSTORE_CONNECTION_STRING: 'esdb://musubi:s%3Acret@es.example:2113?tls=true',
    MUSUBI_REGISTER: 'yokohama-2',
    MUSUBI_OPERATOR: '川崎市',
    MUSUBI_SOURCES: 'on',
    MUSUBI_PARTIES: 'on',
    LOG_LEVEL: 'debug',
    MUSUBI_TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16,fd00::/8',
  });

  expect(config).toEqual({
    port: 8080,
    host: '0.0.0.0',
    data: '/var/lib/musubi',
    databaseUrl: 'postgresql://clerk:secret@db.example:5433/register',
    eventStoreUrl: 'esdb://musubi:s%3Acret@es.example:2113?tls=true',
    register: 'yokohama-2',
    operator: '川崎市',
    sources: true,
    parties: true,
    logLevel: 'debug',
    trustedProxies: ['10.0.0.1', '10.1.0.0/16', 'fd00::/8'],
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('a configured database gets no source documents unless asked', () => {
  expect(readConfig({ DATABASE_URL: 'postgres://db/register' }).sources).toBe(false);
  expect(readConfig({ MUSUBI_SOURCES: 'off' }).sources).toBe(false);
});

test('the national list of parties comes with the source documents unless said otherwise', () => {
  const parties = (environment: NodeJS.ProcessEnv) => readConfig(environment).parties;
  expect(parties({ MUSUBI_SOURCES: 'off' })).toBe(false);
  expect(parties({ MUSUBI_SOURCES: 'off', MUSUBI_PARTIES: 'on' })).toBe(true);
  expect(parties({ MUSUBI_PARTIES: 'off' })).toBe(false);
  const own = { DATABASE_URL: 'postgres://db/register' };
  expect(parties(own)).toBe(false);
  expect(parties({ ...own, MUSUBI_SOURCES: 'on' })).toBe(false);
  expect(parties({ ...own, MUSUBI_PARTIES: 'on' })).toBe(true);
});

test('nobody opens a register in a configured database by accident', () => {
  expect(readConfig({ DATABASE_URL: 'postgres://db/register' }).operator).toBeUndefined();
});

test('a variable that is set but empty counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', EVENTSTORE_CONNECTION_STRING: '' })).toEqual(
    readConfig({}),
  );
});

test('every fault is listed at once, each with its variable, its code and a text to act on', () => {
  const environment = {
    PORT: '70000',
    HOST: 'not a host',
    DATABASE_URL: 'mysql://clerk:secret@db/register',
    MUSUBI_REGISTER: '横浜',
    MUSUBI_SOURCES: 'yes',
    MUSUBI_PARTIES: 'all',
    LOG_LEVEL: 'loud',
    EVENTSTORE_CONNECTION_STRING: 'esdb://localhost:2113',
  };

  expect(faultsOf(environment).map(({ variable, code }) => [variable, code])).toEqual([
    ['DATABASE_URL', 'config/database-url'],
    ['EVENTSTORE_CONNECTION_STRING', 'config/event-store-credentials'],
    ['MUSUBI_SOURCES', 'config/sources'],
    ['PORT', 'config/port'],
    ['HOST', 'config/host'],
    ['MUSUBI_REGISTER', 'config/register'],
    ['MUSUBI_PARTIES', 'config/parties'],
    ['LOG_LEVEL', 'config/log-level'],
  ]);
  expect(() => readConfig(environment)).toThrow(
    /設定に誤りがあります（8件）[\s\S]*PORT: .*「70000」.*（config\/port）/,
  );
});

test('a refused database address does not show its password', () => {
  const [fault] = faultsOf({ DATABASE_URL: 'mysql://clerk:secret@db/register' });
  expect(fault?.text).not.toContain('secret');
});

test.each([
  ['http://musubi:hunter2@host:2113', 'config/event-store'],
  ['esdb://musubi:hun/ter2@host:2113', 'config/event-store'],
  ['esdb://musubi:hunter2@host:2113?tls=maybe', 'config/event-store'],
  ['esdb://musubi:%zz@host:2113', 'config/event-store'],
  ['esdb+discover://cluster.example', 'config/event-store-credentials'],
])('%s is no event store, and its password is not shown', (text, code) => {
  const faults = faultsOf({ EVENTSTORE_CONNECTION_STRING: text });
  expect(faults.map((it) => it.code)).toEqual([code]);
  expect(faults[0]?.text).not.toMatch(/hunter2|ter2/);
});

test.each([
  'esdb://host:2113?tls=false',
  'esdb://musubi:s%40cret@a:2111,b:2112,c:2113?tls=true&tlsCAFile=/certs/ca.crt',
  'esdb+discover://musubi:secret@cluster.example:2113?nodePreference=leader',
])('%s is an event store', (text) => {
  expect(readConfig({ EVENTSTORE_CONNECTION_STRING: text }).eventStoreUrl).toBe(text);
});

test.each(['-1', '1.5', '0x50', '65536', 'http'])('%s is not a port', (PORT) => {
  expect(faultsOf({ PORT }).map((it) => it.code)).toEqual(['config/port']);
});

test.each(['Main', '-main', 'main-', 'ma in', 'ma/in', 'a'.repeat(33)])(
  '%s is not the name of a register',
  (MUSUBI_REGISTER) => {
    expect(faultsOf({ MUSUBI_REGISTER }).map((it) => it.code)).toEqual(['config/register']);
  },
);

test.each(['lb.example', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.1,', 'true', '10.0.0.0/8/8'])(
  'whose word for an address counts is said exactly: %s is refused',
  (proxies) => {
    expect(faultsOf({ MUSUBI_TRUSTED_PROXIES: proxies })).toMatchObject([
      { code: 'config/trusted-proxies' },
    ]);
  },
);
