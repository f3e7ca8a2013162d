import { PassThrough } from 'node:stream';

import { expect, test } from 'vitest';

import {
  type PulledCall,
  PulledStream,
} from '../../src/event-sourcing/eventstoredb/pulled-stream.js';

function pulled(convert: (item: unknown) => number = Number) {
  const source = new PassThrough({ objectMode: true, highWaterMark: 4 });
  const closed = { is: 0 };
  const call: PulledCall = Object.assign(source, { cancel: () => void source.destroy() });
  const stream = new PulledStream<number>(Promise.resolve(call), {
    item: convert,
    fault: (fault) => fault,
    closed: () => (closed.is += 1),
  });
  return { source, closed, stream };
}

test('what has arrived is taken at once, and no more than was asked for', async () => {
  const { source, stream } = pulled();
  for (const item of [1, 2, 3]) source.write(item);
  await stream.more(1_000);
  expect(await stream.more(1_000)).toBe('more');
  expect(stream.take(2)).toEqual([1, 2]);
  expect(stream.take()).toEqual([3]);
  expect(stream.take()).toEqual([]);
});

test('nothing more is asked for before what has come is taken', async () => {
  const { source, stream } = pulled();
  let sent = 0;
  while (source.write(sent)) sent += 1;
  expect(sent).toBeLessThan(10);
  await stream.more(1_000);
  const taken = [...stream.take()];
  source.end();
  while ((await stream.more(1_000)) === 'more') taken.push(...stream.take());
  expect(taken).toEqual(Array.from({ length: sent + 1 }, (_, at) => at));
});

test('what came before a fault is taken before the fault is told', async () => {
  const { source, stream } = pulled();
  source.write(1);
  await stream.more(1_000);
  source.write(2);
  source.emit('error', new Error('the line was cut'));
  expect(await stream.more(1_000)).toBe('more');
  expect(stream.take()).toEqual([1, 2]);
  await expect(stream.more(1_000)).rejects.toThrow('the line was cut');
});

test('an end and a silence are told apart', async () => {
  const { source, stream } = pulled();
  expect(await stream.more(10)).toBe('silent');
  source.end();
  expect(await stream.more(60_000)).toBe('ended');
});

test('a stream that was destroyed without a word has ended', async () => {
  const { source, stream } = pulled();
  const waiting = stream.more(60_000);
  source.destroy();
  expect(await waiting).toBe('ended');
});

test('an item that cannot be read stops it behind those before it, for good', async () => {
  const { source, stream } = pulled((item) => {
    if (item === 2) throw new Error('no event of a register');
    return Number(item);
  });
  for (const item of [0, 1, 2, 3]) source.write(item);
  await stream.more(1_000);
  expect(stream.take()).toEqual([0, 1]);
  await expect(stream.more(1_000)).rejects.toThrow('no event of a register');
  expect(stream.take()).toEqual([]);
});

test('closing it cancels the call, once, also one that is still coming about', async () => {
  const { source, closed, stream } = pulled();
  const waiting = stream.more(60_000);
  stream.close();
  stream.close();
  expect(await waiting).toBe('ended');
  expect(closed.is).toBe(1);
  await expect.poll(() => source.destroyed).toBe(true);
});

test('a call that never comes about is a fault', async () => {
  const stream = new PulledStream<number>(Promise.reject(new Error('no node answers')), {
    item: Number,
    fault: (fault) => fault,
    closed: () => undefined,
  });
  await expect(stream.more(1_000)).rejects.toThrow('no node answers');
});
