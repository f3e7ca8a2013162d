import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { run } from '../../cli/run.js';
import { readStoreAddress } from '../../cli/store-address.js';
import { allMetadataStream, defaultsStream } from '../../cli/store-rights.js';
import { StoreUsers } from '../../cli/store-users.js';
import { StoreAdministration } from '../../src/event-sourcing/eventstoredb/administration.js';
import { StoreUnavailable } from '../../src/event-sourcing/event-store.js';
import { newCertificates, opensslIsHere } from '../compose/certificates.js';

/** `esdb://admin:password@host:port?tls=true&tlsCAFile=…` of a server that is not somebody's production. */
const given = process.env['EVENTSTORE_ADMIN_CONNECTION_STRING'] ?? '';
if (given === '') {
  console.warn(
    'secure-store: EVENTSTORE_ADMIN_CONNECTION_STRING is not set, so no EventStoreDB server was asked',
  );
}

describe.skipIf(given === '')('the rights of a register in a real EventStoreDB', () => {
  const [, password = ''] = /\/\/admin:([^@]+)@/.exec(given) ?? [];
  const admin = { username: 'admin', password: decodeURIComponent(password) };
  const own = { username: `musubi-${randomUUID().slice(0, 8)}`, password: 'first-password' };
  const register = `probe-${randomUUID().slice(0, 8)}`;
  const stream = `musubi-${register}-agreement-1`;

  const address = given === '' ? undefined : readStoreAddress(given);
  const text = address?.text ?? '';
  let users: StoreUsers;
  let administration: StoreAdministration;
  let asRegister: StoreAdministration;
  let restore: () => Promise<void>;

  /** The server is given back as it was found, so that other tests keep their rights. */
  beforeAll(async () => {
    users = new StoreUsers(address!, admin);
    administration = new StoreAdministration(text, admin);
    asRegister = new StoreAdministration(text, own);
    const before = await administration.setting(defaultsStream);
    const all = await administration.setting(allMetadataStream);
    const put = async (name: string, type: string, data: object) =>
      administration.set(name, type, data, await administration.setting(name));
    restore = async () => {
      await put(defaultsStream, '$settings', before?.data ?? {});
      await put(allMetadataStream, '$metadata', all?.data ?? {});
    };
    // As a server is when it is new: what it is not told, it takes from its own defaults.
    await put(defaultsStream, '$settings', {});
    await put(allMetadataStream, '$metadata', {});
  });

  afterAll(async () => {
    await restore();
    await tell('DELETE', `/users/${own.username}`);
    await administration.close();
    await asRegister.close();
  });

  /** What an administrator does by hand. */
  async function tell(method: string, path: string, body = {}): Promise<void> {
    const url = new URL(path, address?.nodes[0]);
    const ca = readFileSync(address?.caFile ?? '');
    const headers = { 'content-type': 'application/json' };
    const auth = `${admin.username}:${admin.password}`;
    const status = await new Promise((resolve, reject) => {
      const asked = request(url, { method, ca, auth, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      asked.on('error', reject).end(JSON.stringify(body));
    });
    expect(status).toBe(200);
  }

  async function secure(changes: { readonly password?: string; readonly extra?: string[] } = {}) {
    const out: string[] = [];
    const err: string[] = [];
    const terminal = {
      out: (line: string) => out.push(line),
      err: (line: string) => err.push(line),
    };
    const store = ['secure-store', '--store', 'env:STORE', '--admin-password', 'env:ADMIN'];
    const account = ['--user', own.username, '--password', 'env:OWN', '--register', register];
    const words = [...store, ...account, ...(changes.extra ?? [])];
    const OWN = changes.password ?? own.password;
    const exit = await run(words, terminal, { STORE: given, ADMIN: admin.password, OWN });
    const of = (word: string) => out.filter((line) => line.startsWith(word)).length;
    return { exit, out, err: err.join('\n'), of };
  }

  test('before, any signed-in account deletes and sets limits', async () => {
    await users.create(own, 'not secured yet');
    expect(await administration.allows('delete', stream, own)).toBe(true);
    expect(await administration.allows('set-metadata', stream, own)).toBe(true);
    expect(await administration.allows('read-all', stream, own)).toBe(false);
  });

  test('are set once and proven, and the second time stand already', async () => {
    const first = await secure();
    expect([first.exit, first.err]).toEqual([0, '']);
    expect(first.of('変更:')).toBe(2);
    expect(first.of('確認:')).toBe(20);
    expect(first.of('不適合:')).toBe(0);

    const second = await secure();
    expect(second.exit).toBe(0);
    expect([second.of('変更:'), second.of('作成:'), second.of('そのまま:')]).toEqual([0, 0, 3]);
    expect(second.of('確認:')).toBe(20);
  });

  test('let the register append and read, and nobody but an administrator do more', async () => {
    await asRegister.set(stream, 'AgreementRegistered', { a: 1 }, undefined);
    expect(await asRegister.setting(stream)).toMatchObject({ revision: 0n, data: { a: 1 } });
    for (const act of ['set-metadata', 'delete', 'tombstone'] as const) {
      expect(await administration.allows(act, stream, own)).toBe(false);
      expect(await administration.allows(act, stream, undefined)).toBe(false);
      expect(await administration.allows(act, stream, admin)).toBe(true);
    }
    const limit = asRegister.set(`$$${stream}`, '$metadata', { $maxCount: 1 }, undefined);
    await expect(limit).rejects.toThrow(StoreUnavailable);
    expect(await administration.setting(`$$${stream}`)).toBeUndefined();
  });

  test('leave nothing behind in the register', async () => {
    await expect(administration.setting(`musubi-${register}-probe`)).resolves.toBeUndefined();
    await expect(administration.setting(`$$musubi-${register}-probe`)).resolves.toBeUndefined();
  });

  test('bring a changed password, a group and a closed account into shape', async () => {
    const changed = await secure({ password: 'second-password' });
    expect(changed.out[0]).toBe(`変更: 利用者 ${own.username}（パスワードを替えた）`);
    expect(await users.accepts({ ...own, password: 'second-password' })).toBe(true);

    await tell('PUT', `/users/${own.username}`, { fullName: 'x', groups: ['$admins'] });
    await tell('POST', `/users/${own.username}/command/disable`);
    const mended = await secure();
    expect(mended.exit).toBe(0);
    expect(mended.out[0]).toBe(
      `変更: 利用者 ${own.username}（グループ（$admins）から外した、有効に戻した、パスワードを替えた）`,
    );
    expect(await users.find(own.username)).toMatchObject({ groups: [], disabled: false });
  });

  test('are not proven while a stream of the register has a limit of its own', async () => {
    const metadata = `$$${stream}`;
    await administration.set(metadata, '$metadata', { $maxCount: 1 }, undefined);
    const limited = await secure();
    expect(limited.exit).toBe(1);
    expect(limited.out.at(-1)).toBe(`不適合: ${stream} に独自の設定か消去がある`);
    expect(limited.err).toContain('rights/own-settings');

    await administration.set(metadata, '$metadata', {}, await administration.setting(metadata));
    expect((await secure()).exit).toBe(0);
  });

  test('are not taken from another account unasked', async () => {
    const found = await administration.setting(defaultsStream);
    const shared = { $userStreamAcl: { $r: ['nagano', own.username], $w: ['nagano', '$admins'] } };
    await administration.set(defaultsStream, '$settings', shared, found);

    const refused = await secure();
    expect([refused.exit, refused.err]).toEqual([1, expect.stringContaining('rights/shared')]);
    expect(refused.err).toContain('--shared-with nagano');
    expect((await administration.setting(defaultsStream))?.data).toEqual(shared);

    expect((await secure({ extra: ['--shared-with', 'nagano'] })).exit).toBe(0);
    const after = (await administration.setting(defaultsStream))?.data;
    expect(after).toMatchObject({ $userStreamAcl: { $w: [own.username, 'nagano', '$admins'] } });
  });

  test.skipIf(!opensslIsHere)('are not spoken of with a server of another authority', async () => {
    const other = newCertificates();
    const { exit, err } = await secure({ extra: ['--ca', other.ca] });
    rmSync(other.directory, { recursive: true });
    expect([exit, err]).toEqual([1, expect.stringContaining('store/certificate')]);
  });
});
