import { StreamNames } from '../../src/entries/stream-names.js';
import type { BareImportOrder } from './bare-import-order.js';
import { bareEvent, BareEventStoreDb } from './bare-eventstoredb.js';
import { interleavedRegister } from './interleaved-register.js';
import { perSecond } from './rounds.js';

/**
 * What `import` is compared with, in a process of its own, since the client's batch path keeps what is
 * under way in one list for all of a process: the same events in the same order, none waited for but the
 * first, and so many under way at most.
 */
process.on('message', (order: BareImportOrder) => {
  void imported(order).then((figure) => process.send?.(figure));
});

async function imported({ url, register, events, underWay }: BareImportOrder): Promise<number> {
  const bare = new BareEventStoreDb(url);
  const made = [...interleavedRegister(events, new StreamNames(register))].map((event) => ({
    stream: event.stream,
    expected: event.revision - 1,
    data: bareEvent(event),
  }));
  const figure = await perSecond(async () => {
    const sent: Promise<void>[] = [];
    for (const [place, { stream, expected, data }] of made.entries()) {
      sent.push(bare.appendBatched(stream, expected, data));
      if (place === 0) await sent[0];
      if (place >= underWay) await sent[place - underWay];
    }
    await Promise.all(sent);
    return sent.length;
  });
  await bare.close();
  return figure;
}
