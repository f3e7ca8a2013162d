import { rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { awaitStore } from '../../cli/await-store.js';
import { readStoreAddress } from '../../cli/store-address.js';
import { StoreUsers } from '../../cli/store-users.js';
import { Refusal } from '../../src/entries/domain/refusal.js';
import { StoreUnavailable } from '../../src/event-sourcing/event-store.js';
import { type Certificates, newCertificates, opensslIsHere } from '../compose/certificates.js';

if (!opensslIsHere) console.warn('store-users: openssl is not here, so no TLS server was asked');

interface Reply {
  readonly status: number;
  readonly location?: string;
  readonly body?: object;
}

const admin = { username: 'admin', password: 'パス:ワード' };

describe.skipIf(!opensslIsHere)('users of a store', () => {
  let certificates: Certificates;
  let server: Server;
  let reply: (request: IncomingMessage) => Reply;
  const asked: (string | undefined)[][] = [];

  beforeAll(async () => {
    certificates = newCertificates();
    const pair = {
      key: certificates.file('node/node.key'),
      cert: certificates.file('node/node.crt'),
    };
    server = createServer(pair, (request, response) => {
      asked.push([request.method, request.url, request.headers.authorization]);
      const { status, location, body = {} } = reply(request);
      response.writeHead(status, location === undefined ? {} : { location });
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(certificates.directory, { recursive: true });
  });

  const port = () => (server.address() as AddressInfo).port;
  const users = (hosts = `localhost:${port()}`, ca = certificates.ca) =>
    new StoreUsers(readStoreAddress(`esdb://${hosts}?tls=true`, ca), admin);

  test('are asked with the password of whoever asks, in any characters', async () => {
    reply = () => ({ status: 200 });
    expect(await users().accepts(admin)).toBe(true);
    const token = Buffer.from('admin:パス:ワード').toString('base64');
    expect(asked.at(-1)).toEqual(['GET', '/users/$current', `Basic ${token}`]);
    reply = () => ({ status: 401 });
    expect(await users().accepts(admin)).toBe(false);
  });

  test('are asked of the leader, where a node sends on to it', async () => {
    reply = ({ url }) =>
      url === '/users/musubi'
        ? { status: 307, location: `https://127.0.0.1:${port()}/leader` }
        : { status: 200, body: { data: { loginName: 'musubi', groups: [], disabled: false } } };
    expect(await users().find('musubi')).toMatchObject({ loginName: 'musubi', groups: [] });
    expect(asked.at(-1)?.[1]).toBe('/leader');
  });

  test('are not asked in clear text, nor for ever', async () => {
    reply = () => ({ status: 307, location: `http://127.0.0.1:${port()}/` });
    await expect(users().find('musubi')).rejects.toThrow(StoreUnavailable);
    reply = () => ({ status: 307, location: '/again' });
    await expect(users().find('musubi')).rejects.toThrow(/more than/);
  });

  test('are asked of the next node, where one does not answer', async () => {
    reply = () => ({ status: 404 });
    expect(await users(`127.0.0.1:1,localhost:${port()}`).find('musubi')).toBeUndefined();
    await expect(users('127.0.0.1:1').find('musubi')).rejects.toThrow(StoreUnavailable);
  });

  test('are not asked of a server of another authority, which no waiting mends', async () => {
    const other = newCertificates();
    const before = asked.length;
    const waiting = awaitStore(users(undefined, other.ca), admin, () => undefined);
    await expect(waiting).rejects.toThrow(/certificate/);
    expect(asked).toHaveLength(before);
    rmSync(other.directory, { recursive: true });
  });

  test('are waited for until the administrator is there', async () => {
    let tries = 0;
    reply = () => ({ status: (tries += 1) < 3 ? 401 : 200 });
    const said: string[] = [];
    await awaitStore(users(), admin, (line) => said.push(line));
    expect([tries, said.length]).toEqual([3, 1]);
  });

  test('are given up, where the administrator stays refused', async () => {
    reply = () => ({ status: 401 });
    const patience = { start: 60_000, refusal: 100 };
    const waiting = awaitStore(users(), admin, () => undefined, patience);
    const fault = await waiting.catch((it: unknown) => it);
    expect(fault).toBeInstanceOf(Refusal);
    expect(fault).toHaveProperty('code', 'store/admin-refused');
  });

  test('are not told to be changed when the server says no', async () => {
    reply = () => ({ status: 500 });
    await expect(users().create(admin, 'x')).rejects.toThrow(StoreUnavailable);
    await expect(users().resetPassword(admin)).rejects.toThrow(/500/);
  });
});
