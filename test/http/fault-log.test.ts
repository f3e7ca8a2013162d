import { fastify } from 'fastify';
import { expect, test } from 'vitest';

import { Refusal } from '../../src/entries/domain/refusal.js';
import { StoreUnavailable } from '../../src/event-sourcing/event-store.js';
import { sendProblem } from '../../src/http/problem-filter.js';

/** What a server writes to its log while it answers with the error. */
async function logOf(error: unknown): Promise<string> {
  let written = '';
  const stream = { write: (line: string) => void (written += line) };
  const server = fastify({ logger: { level: 'warn', stream } });
  server.get('/', (request, reply) => sendProblem(error, request, reply));
  await server.inject('/');
  await server.close();
  return written;
}

const lost = Object.assign(new Error('秘密'), { code: 'ECONNRESET' });

test('why the store could not be reached stands in the log, without what messages quote', async () => {
  const log = await logOf(new StoreUnavailable('秘密', { cause: lost }));
  expect(JSON.parse(log)).toMatchObject({
    level: 40,
    msg: 'unavailable',
    fault: { name: 'StoreUnavailable', causes: [{ name: 'Error', code: 'ECONNRESET' }] },
  });
  expect(log).not.toContain('秘密');
});

test('a host that refuses at each of its addresses, and a circle of causes, are told too', async () => {
  const both = new AggregateError([lost, lost], '秘密');
  const log = await logOf(new StoreUnavailable('秘密', { cause: both }));
  expect(JSON.parse(log)).toMatchObject({
    fault: { causes: [{ causes: [{ code: 'ECONNRESET' }, { code: 'ECONNRESET' }] }] },
  });
  const circle = new StoreUnavailable('秘密');
  circle.cause = circle;
  expect(await logOf(circle)).toContain('unavailable');
});

test('what somebody is refused for is no fault of the server', async () => {
  expect(await logOf(new Refusal('conflict', 'entry/decided', '理由'))).toBe('');
});
