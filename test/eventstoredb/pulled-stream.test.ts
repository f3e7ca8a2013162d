import { PassThrough } from 'node:stream';

import { expect, test } from 'vitest';

import { PulledStream } from '../../src/event-sourcing/pulled-stream.js';

function pulled(convert: (item: unknown) => number = Number) {
  const source = new PassThrough({ objectMode: true, highWaterMark: 4 });
  const closed = { is: 0 };
  const cancel = async () => {
    closed.is += 1;
    source.destroy();
  };
  return { source, closed, stream: new PulledStream<number>(source, cancel, convert) };
}

test('what has arrived is taken at once, and no more than was asked for', async () => {
  const { source, stream } = pulled();
  for (const item of [1, 2, 3]) source.write(item);
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

test('an end, a silence and somebody who waits no longer are told apart', async () => {
  const { source, stream } = pulled();
  expect(await stream.more(10)).toBe('silent');
  expect(await stream.more(60_000, AbortSignal.timeout(10))).toBe('silent');
  expect(await stream.more(60_000, AbortSignal.abort())).toBe('silent');
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

test('closing it cancels the call, and a cancelling that fails bothers nobody', async () => {
  const { closed, stream } = pulled();
  stream.close();
  expect(await stream.more(1_000)).toBe('ended');
  expect(closed.is).toBe(1);
  const failing = new PulledStream(new PassThrough(), () => Promise.reject(new Error('x')), Number);
  failing.close();
});
