import { expect, test } from 'vitest';

import { readPlace, secretsIn, showsPassword } from '../../src/move/place.js';

test.each([
  ['embedded', 'embedded', 'embedded'],
  ['postgres://db.example/musubi', 'postgres', 'postgres://db.example:5432/musubi'],
  [
    'postgresql://u:p@[::1]:5433/musubi?sslmode=require',
    'postgres',
    'postgres://[::1]:5433/musubi',
  ],
  ['postgres://u%40x:p%2F%40@10.0.0.5/%E7%B5%90', 'postgres', 'postgres://10.0.0.5:5432/結'],
  [
    'esdb://admin:p@ss/w@Node1:2113,node2:2113?tls=true',
    'eventstoredb',
    'esdb://node1:2113,node2:2113',
  ],
  ['esdb+discover://cluster.example', 'eventstoredb', 'esdb+discover://cluster.example'],
])('%s is told without who signs in', (text, kind, told) => {
  expect(readPlace('from', text, {})).toMatchObject({ kind, told });
  expect(readPlace('from', 'env:PLACE', { PLACE: ` ${text} ` })).toMatchObject({ kind, told });
});

test.each([
  ['postgres://u:p%2F%40@h/d', ['p%2F%40', 'p/@']],
  ['postgres://u@h/d?password=q%20r&x=1', ['q%20r', 'q r']],
  ['esdb://admin:p@ss/w@h:2113?tls=true', ['p@ss/w', 'p@ss/w']],
  ['postgres://u@h/d', []],
  ['embedded', []],
])('the secrets of %s are known', (url, secrets) => {
  expect(secretsIn(url)).toEqual(secrets);
  expect(showsPassword(url)).toBe(secrets.length > 0);
  expect(showsPassword('env:PLACE')).toBe(false);
});
