import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Checkpoint, Delivery } from '../../src/event-sourcing/event-store.js';
import { type ContractStore, newEvents, type OpenContractStore } from './contract-store.js';

export function subscribingContract(open: OpenContractStore): void {
  let opened: ContractStore;
  let stop: AbortController;
  beforeEach(async () => {
    opened = await open();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await opened.close();
  });

  /** Deliveries up to one that is wanted, that one included. */
  async function until(
    after: Checkpoint | null,
    wanted: (delivery: Delivery) => boolean,
  ): Promise<readonly Delivery[]> {
    const seen: Delivery[] = [];
    for await (const delivery of opened.store.subscribeAll(after, stop.signal)) {
      seen.push(delivery);
      if (wanted(delivery)) break;
    }
    return seen;
  }

  test('an empty register is caught up with at once', async () => {
    const seen = await until(null, ({ kind }) => kind === 'caught-up');
    expect(seen).toEqual([{ kind: 'caught-up' }]);
  });

  test('a checkpoint names the last event before it, and caught-up comes after all there are', async () => {
    await fill(3_000);
    const seen = await until(null, ({ kind }) => kind === 'caught-up');
    let last: Checkpoint | undefined;
    for (const delivery of seen) {
      if (delivery.kind === 'checkpoint') expect(delivery.checkpoint).toEqual(last);
      if (delivery.kind === 'event') {
        const { n, position } = delivery.event;
        expect(n).toBe((last?.n ?? -1) + 1);
        last = { n, position };
      }
    }
    expect(last?.n).toBe(2_999);
    expect(seen.at(-2)).toEqual({ kind: 'checkpoint', checkpoint: last });
  });

  test('what another process appends arrives at a reader that waits', async () => {
    const other = await opened.anotherProcess();
    const arrived: number[] = [];
    for await (const delivery of opened.store.subscribeAll(null, stop.signal)) {
      if (delivery.kind === 'event') arrived.push(delivery.event.n);
      if (delivery.kind !== 'caught-up') continue;
      if (arrived.length === 5) break;
      await other.append(`agreement-${arrived.length}`, -1, newEvents(1));
    }
    expect(arrived).toEqual([0, 1, 2, 3, 4]);
  });

  test('a reader killed in the middle of a batch goes on from its marker without loss', async () => {
    await fill(5_000);
    const kept: number[] = [];
    let checkpoint: Checkpoint | null = null;
    for (let kill = 0; kill < 8; kill += 1) {
      let batch: number[] = [];
      const enough = 700 + 450 * kill;
      const seen = await until(checkpoint, (delivery) => {
        if (delivery.kind === 'event') batch.push(delivery.event.n);
        if (delivery.kind === 'checkpoint') {
          kept.push(...batch);
          batch = [];
          ({ checkpoint } = delivery);
        }
        return delivery.kind === 'caught-up' || batch.length >= enough;
      });
      if (seen.at(-1)?.kind === 'caught-up') break;
    }
    expect(kept).toEqual([...Array(5_000).keys()]);
  });

  test('a slow reader is not hurried: deliveries are pulled', async () => {
    await fill(2_500);
    let pulled = 0;
    for await (const delivery of opened.store.subscribeAll(null, stop.signal)) {
      if (delivery.kind === 'event') {
        expect(delivery.event.n).toBe(pulled);
        pulled += 1;
        if (pulled % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      }
      if (delivery.kind === 'caught-up') break;
    }
    expect(pulled).toBe(2_500);
  });

  test('a reader that waits ends when its signal aborts', async () => {
    const seen: string[] = [];
    for await (const { kind } of opened.store.subscribeAll(null, stop.signal)) {
      seen.push(kind);
      setTimeout(() => stop.abort(), 10);
    }
    expect(seen).toEqual(['caught-up']);
  });

  test('a signal that has aborted before gives nothing', async () => {
    await fill(10);
    stop.abort();
    expect(await until(null, () => false)).toEqual([]);
  });

  test('a reader can leave while it waits for the next event', async () => {
    const iterator = opened.store.subscribeAll(null, stop.signal)[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: { kind: 'caught-up' } });
    const waiting = iterator.next();
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('closing the store ends the readers that wait', async () => {
    const reading = until(null, () => false);
    await fill(10);
    await opened.store.close();
    expect((await reading).filter(({ kind }) => kind === 'event').length).toBeLessThanOrEqual(10);
  });

  test('a lost connection neither loses nor doubles an event', async () => {
    await fill(4_000);
    const seen: number[] = [];
    for await (const delivery of opened.store.subscribeAll(null, stop.signal)) {
      if (delivery.kind !== 'event') continue;
      const { n } = delivery.event;
      seen.push(n);
      if (n === 1_000 || n === 3_999 || n === 4_199) await opened.cutConnections();
      if (n === 3_999) void fill(200, 'late');
      if (n === 4_199) break;
    }
    expect(seen).toEqual([...Array(4_200).keys()]);
  });

  async function fill(events: number, name = 'agreement'): Promise<void> {
    const other = await opened.anotherProcess();
    for (let done = 0; done < events; done += 500) {
      await other.append(`${name}-${done}`, -1, newEvents(Math.min(500, events - done)));
    }
  }
}
