import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { RegisterOrder } from '../../src/event-sourcing/eventstoredb/register-order.js';
import { MeasuredRegister } from './eventstoredb-register.js';
import { onEventStoreDb } from './eventstoredb-server.js';
import { interleavedRegister } from './interleaved-register.js';
import { medianOf } from './rounds.js';

const eventsOfRegister = 200_000;
const rounds = 3;

export interface OpeningFigures {
  readonly name: string;
  readonly events: number;
  readonly seconds: number;
}

/**
 * Opening a register in EventStoreDB, from the call until it is level with the server: with nothing known
 * of its order, and with the order that another process saved.
 */
export async function benchEventStoreDbOpen(
  databaseUrl: string,
): Promise<readonly OpeningFigures[]> {
  return onEventStoreDb(async ({ connectionString, told }) => {
    const register = new MeasuredRegister(connectionString, databaseUrl);
    try {
      await filled(register);
      const [cold, warm]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        await register.forgetOrder();
        cold.push(await opening(register));
        warm.push(await opening(register));
      }
      const row = (name: string, seconds: readonly number[]) => ({
        name: `${told}: ${name}`,
        events: eventsOfRegister,
        seconds: medianOf(seconds),
      });
      return [row('opening, order to be read', cold), row('opening, order saved', warm)];
    } finally {
      await register.dispose();
    }
  });
}

async function filled(register: MeasuredRegister): Promise<void> {
  const store = await register.open();
  await store.import(history(register));
  await store.close();
}

async function* history({ names }: MeasuredRegister) {
  yield* interleavedRegister(eventsOfRegister, names);
}

async function opening(register: MeasuredRegister): Promise<number> {
  const start = performance.now();
  const store = await register.open();
  const seconds = (performance.now() - start) / 1_000;
  const head = await store.head();
  await store.close();
  if (head?.n !== eventsOfRegister - 1) throw new Error(`it ends at ${head?.n}`);
  return seconds;
}

/** MB that the order of a million events takes in each process. */
export function megabytesOfOrder(): number {
  const before = memoryInUse();
  const order = new RegisterOrder();
  const at = '2026-04-01T00:00:00.000Z';
  for (let n = 0; n < 1_000_000; n += 1) {
    const id = `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${(n * 7).toString(16).padStart(12, '0')}`;
    order.add(n * 700, at, id);
  }
  const megabytes = (memoryInUse() - before) / 1_048_576;
  return order.size === 1_000_000 ? megabytes : Number.NaN;
}

function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
