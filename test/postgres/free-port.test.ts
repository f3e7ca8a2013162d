import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { expect, test } from 'vitest';

import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { freePort } from '../../src/postgres/free-port.js';
import { query, scratch } from './scratch.js';

async function listenOn(port: number, host: string) {
  const listener = createServer().listen(port, host);
  await once(listener, 'listening');
  return listener;
}

test('a server whose port somebody else took in the meantime takes another, and is found there', async () => {
  const directory = await scratch();
  const first = await startEmbeddedServer({ directory });
  await first.close();
  const taken = await listenOn(Number(new URL(first.url).port), '127.0.0.1');

  const second = await startEmbeddedServer({ directory });
  expect(second.url).not.toBe(first.url);
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.close();
  taken.close();

  const third = await startEmbeddedServer({ directory });
  expect(third.url).toBe(second.url);
  await third.close();
});

test('a listener on all addresses takes the port as well', async () => {
  const taken = await listenOn(0, '0.0.0.0');
  const { port } = taken.address() as AddressInfo;
  expect(await freePort(port)).not.toBe(port);
  taken.close();
});
