import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';

import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import type { BareImportOrder } from './bare-import-order.js';
import { MeasuredRegister } from './eventstoredb-register.js';
import { onEventStoreDb } from './eventstoredb-server.js';
import { interleavedRegister } from './interleaved-register.js';
import { ended, forked, message } from './load.js';
import { type BenchRow, interleaved, perSecond, printRows } from './rounds.js';

const eventsOfRound = 50_000;
const rounds = 3;
/** As many as the bare client is fastest with. */
const underWay = 5_000;

/**
 * `import` of a register whose neighbours belong to different streams, checked and numbered, beside the
 * bare client's batch path with the same events in the same order.
 */
export async function benchEventStoreDbImport(databaseUrl: string): Promise<readonly BenchRow[]> {
  return onEventStoreDb(async ({ connectionString: url, told }) => {
    const bare = forked('./bare-import.js');
    try {
      const row = await interleaved(
        `${told}: import of ${eventsOfRound} events in order`,
        0.5,
        {
          ours: () => imported(new MeasuredRegister(url, databaseUrl)),
          peer: () => barelyImported(bare, url),
        },
        rounds,
      );
      printRows(`Importing to EventStoreDB (${told})`, [row]);
      return [row];
    } finally {
      await ended(bare);
    }
  });
}

async function imported(register: MeasuredRegister): Promise<number> {
  try {
    const store = await register.open();
    const events = [...interleavedRegister(eventsOfRound, register.names)];
    return await perSecond(async () => {
      await store.import(oneByOne(events));
      return events.length;
    });
  } finally {
    await register.dispose();
  }
}

async function* oneByOne(events: readonly RecordedEvent[]) {
  yield* events;
}

function barelyImported(bare: ChildProcess, url: string): Promise<number> {
  const register = `bare${randomBytes(4).toString('hex')}`;
  const order: BareImportOrder = { url, register, events: eventsOfRound, underWay };
  bare.send(order);
  return message<number>(bare);
}
