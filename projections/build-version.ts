import type { StreamNames } from '../src/entries/stream-names.js';
import type { EventStore, RecordedEvent } from '../src/event-sourcing/event-store.js';
import { Filling, type Building, type BuiltVersion } from './filling.js';
import type { Ledger } from './ledger.js';
import type { RebuildProgress } from './rebuild-progress.js';
import { wholeStreams } from './whole-streams.js';

/** Streams that are read at once, and how often while the log is read on. */
const STREAMS = 200;
const AHEAD = 2;

interface Register {
  readonly store: EventStore;
  readonly names: StreamNames;
}

/**
 * Fills new versions from the log, which is read once for all of them, up to the head at the call. A
 * stream is folded whole when its first event comes by, so memory holds some hundred streams, however
 * long the log is.
 */
export async function buildVersions(
  buildings: readonly Building[],
  register: Register,
  onProgress: (progress: RebuildProgress) => void,
): Promise<readonly BuiltVersion[]> {
  const fillings = await Promise.all(buildings.map((it) => Filling.begin(it)));
  const head = await register.store.head();
  const of = (head?.n ?? -1) + 1;
  const last = await fill(fillings, register, of, onProgress);
  onProgress({ stage: 'indexing', events: of, of });
  await Promise.all(fillings.map((it) => it.finish(last)));
  return fillings.map(({ copy }) => ({ events: of, rows: copy.rows }));
}

async function fill(
  fillings: readonly Filling[],
  register: Register,
  of: number,
  onProgress: (progress: RebuildProgress) => void,
): Promise<RecordedEvent | undefined> {
  const ledgers = fillings.map((it) => it.ledger);
  const folding = new Set<Promise<void>>();
  let streams: string[] = [];
  const fold = async (): Promise<void> => {
    if (folding.size >= AHEAD) await Promise.race(folding);
    const work = foldStreams(fillings, register, streams, of - 1);
    streams = [];
    folding.add(work);
    // A fault stays in the set, and is told by the next wait for it.
    work.then(
      () => folding.delete(work),
      () => undefined,
    );
  };
  let last: RecordedEvent | undefined;
  for await (const it of register.store.readAll(null)) {
    if (it.n >= of) break;
    last = it;
    for (const { ledger, copy } of fillings) if (ledger.numbers) await copy.addEvent(it);
    if (it.revision === 0 && watched(ledgers, register.names, it.stream)) streams.push(it.stream);
    if (streams.length === STREAMS) await fold();
    if ((it.n + 1) % 5_000 === 0) onProgress({ stage: 'reading', events: it.n + 1, of });
  }
  if (streams.length > 0) await fold();
  await Promise.all(folding);
  return last;
}

function watched(ledgers: readonly Ledger[], names: StreamNames, stream: string): boolean {
  const ref = names.refOf(stream);
  return ref !== undefined && ledgers.some(({ watches }) => watches.includes(ref.kind));
}

async function foldStreams(
  fillings: readonly Filling[],
  register: Register,
  streams: readonly string[],
  n: number,
): Promise<void> {
  const ledgers = fillings.map((it) => it.ledger);
  for await (const { ledger, changes, failed } of wholeStreams(ledgers, register, streams, n)) {
    const filling = fillings.find((it) => it.ledger === ledger);
    if (failed !== undefined) filling?.parked.push(failed);
    await filling?.copy.add(changes);
  }
}
