import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { run } from '../../cli/run.js';
import { readSecret } from '../../cli/secret-reference.js';
import { readStoreAddress } from '../../cli/store-address.js';

const directory = mkdtempSync(join(tmpdir(), 'musubi-secrets-'));
afterAll(() => rmSync(directory, { recursive: true }));

const environment = { ADMIN: 'admin-password', OWN: 'own-password' };
const right = {
  '--store': 'esdb://127.0.0.1:1?tls=true',
  '--admin-password': 'env:ADMIN',
  '--user': 'musubi',
  '--password': 'env:OWN',
};

async function secure(changes: Readonly<Record<string, string | undefined>>) {
  const said: string[] = [];
  const terminal = {
    out: (line: string) => said.push(line),
    err: (line: string) => said.push(line),
  };
  const words = Object.entries({ ...right, ...changes });
  const args = words.flatMap(([key, value]) => (value === undefined ? [] : [key, value]));
  const exit = await run(['secure-store', ...args], terminal, environment);
  return { exit, said: said.join('\n') };
}

describe('a secret', () => {
  test('is taken from the environment or from a file, without the end of its line', () => {
    const path = join(directory, 'password');
    writeFileSync(path, 'from file\n');
    expect(readSecret('--password', `file:${path}`, {})).toBe('from file');
    expect(readSecret('--password', 'env:OWN', environment)).toBe('own-password');
  });

  test.each(['--password', '--admin-password'])(
    'in %s itself is refused, and not repeated',
    async (option) => {
      const { exit, said } = await secure({ [option]: 'hunter2' });
      expect(exit).toBe(2);
      expect(said).toContain(`${option} には秘密そのものを書かず`);
      expect(said).not.toContain('hunter2');
    },
  );

  test.each(['env:NONE', 'file:/nowhere/password'])('that %s does not hold is said', async (at) => {
    const { exit, said } = await secure({ '--password': at });
    expect([exit, said]).toEqual([1, expect.stringContaining('secret/missing')]);
  });

  test('in the address is refused, and not repeated; one that the environment brings is left out', async () => {
    const address = 'esdb://musubi:hunter2@db:2113?tls=true';
    const { exit, said } = await secure({ '--store': address });
    expect(exit).toBe(2);
    expect(said).toContain('--password env:');
    expect(said).not.toContain('hunter2');
    expect(readStoreAddress(address)).toMatchObject({ hadCredentials: true });
    expect(JSON.stringify(readStoreAddress(address))).not.toContain('hunter2');
  });
});

describe('an address', () => {
  test('names one node, several, or a name to discover them by', () => {
    expect(readStoreAddress('esdb://db?tls=true').nodes).toEqual(['https://db:2113']);
    expect(readStoreAddress('esdb://a:1,b:2/?tls=true').nodes).toEqual([
      'https://a:1',
      'https://b:2',
    ]);
    expect(readStoreAddress('esdb+discover://cluster.lg.jp:2113')).toMatchObject({
      text: 'esdb+discover://cluster.lg.jp:2113?nodePreference=leader',
      tls: true,
    });
  });

  test('keeps its options, is asked of the leader, and takes another authority', () => {
    const read = readStoreAddress(
      'esdb://a?TLSCAFile=/x&keepAliveInterval=5&nodePreference=random',
      '/y',
    );
    expect(read.text).toBe('esdb://a?tlsCAFile=/y&keepAliveInterval=5&nodePreference=leader');
    expect(read.caFile).toBe('/y');
  });

  test.each(['http://a:2113', 'esdb://', 'esdb://[::1]:2113?tls=true', 'a:2113'])(
    '%s is none',
    async (store) => {
      expect((await secure({ '--store': store })).exit).toBe(2);
    },
  );

  test('without TLS has neither accounts nor rights to set', async () => {
    const { exit, said } = await secure({ '--store': 'esdb://127.0.0.1:2113?tls=false' });
    expect([exit, said]).toEqual([1, expect.stringContaining('store/insecure')]);
  });
});

test('an authority that cannot be read is named', async () => {
  const { exit, said } = await secure({ '--ca': '/nowhere/other.crt' });
  expect([exit, said]).toEqual([1, expect.stringContaining('store/no-authority')]);
  expect(said).toContain('/nowhere/other.crt');
});

test.each([
  ['the administrator', 'admin'],
  ['the operator of the server', 'ops'],
  ['a name that reads as a group', '$admins'],
  ['capitals', 'Musubi'],
])('%s is no account for a register', async (_what, user) => {
  expect((await secure({ '--user': user })).exit).toBe(2);
  expect((await secure({ '--shared-with': user })).exit).toBe(2);
});

test.each(Object.keys(right))('without %s it says how it is used', async (option) => {
  const { exit, said } = await secure({ [option]: undefined });
  expect(exit).toBe(2);
  expect(said).toContain('npm run cli -- secure-store --store');
});
