import type { StreamNames } from '../src/entries/stream-names.js';
import type { EventStore, RecordedEvent } from '../src/event-sourcing/event-store.js';
import { Folding } from './folding/folding.js';
import { Filling, type Building, type BuiltVersion } from './filling.js';
import type { Ledger } from './ledger.js';
import type { RebuildProgress } from './rebuild-progress.js';

/** Streams that are read and folded at once. */
const STREAMS = 200;

interface Register {
  readonly store: EventStore;
  readonly names: StreamNames;
}

interface Work extends Register {
  readonly fillings: readonly Filling[];
  readonly folding: Folding;
}

export interface BuildOptions {
  readonly onProgress: (progress: RebuildProgress) => void;
  /** Threads that fold beside this one; by default what the machine is good for. */
  readonly threads?: number | undefined;
}

/**
 * Fills new versions from the log, which is read once for all of them, up to the head at the call. A
 * stream is folded whole when its first event comes by, so memory holds some hundred streams, however
 * long the log is.
 */
export async function buildVersions(
  buildings: readonly Building[],
  register: Register,
  { onProgress, threads }: BuildOptions,
): Promise<readonly BuiltVersion[]> {
  const fillings = await Promise.all(buildings.map((it) => Filling.begin(it)));
  const head = await register.store.head();
  const of = (head?.n ?? -1) + 1;
  const ledgers = buildings.map((it) => it.ledger);
  const folding = Folding.open(ledgers, register.names, {
    events: of,
    ...(threads === undefined ? {} : { threads }),
  });
  let last: RecordedEvent | undefined;
  try {
    last = await fill({ ...register, fillings, folding }, of, onProgress);
  } finally {
    await folding.end();
  }
  onProgress({ stage: 'indexing', events: of, of });
  await Promise.all(fillings.map((it) => it.finish(last)));
  return fillings.map(({ copy }) => ({ events: of, rows: copy.rows }));
}

async function fill(
  work: Work,
  of: number,
  onProgress: (progress: RebuildProgress) => void,
): Promise<RecordedEvent | undefined> {
  const { fillings, store, names } = work;
  const ledgers = fillings.map((it) => it.ledger);
  const underWay = new Set<Promise<void>>();
  let streams: string[] = [];
  const fold = async (): Promise<void> => {
    if (underWay.size >= work.folding.ahead) await Promise.race(underWay);
    const one = foldStreams(work, streams, of - 1);
    streams = [];
    underWay.add(one);
    // A fault stays in the set, and is told by the next wait for it.
    one.then(
      () => underWay.delete(one),
      () => undefined,
    );
  };
  let last: RecordedEvent | undefined;
  for await (const it of store.readAll(null)) {
    if (it.n >= of) break;
    last = it;
    for (const { ledger, copy } of fillings) if (ledger.numbers) await copy.addEvent(it);
    if (it.revision === 0 && watched(ledgers, names, it.stream)) streams.push(it.stream);
    if (streams.length === STREAMS) await fold();
    if ((it.n + 1) % 5_000 === 0) onProgress({ stage: 'reading', events: it.n + 1, of });
  }
  if (streams.length > 0) await fold();
  await Promise.all(underWay);
  return last;
}

function watched(ledgers: readonly Ledger[], names: StreamNames, stream: string): boolean {
  const ref = names.refOf(stream);
  return ref !== undefined && ledgers.some(({ watches }) => watches.includes(ref.kind));
}

async function foldStreams(
  { fillings, folding, store }: Work,
  streams: readonly string[],
  n: number,
): Promise<void> {
  const events: RecordedEvent[] = [];
  for await (const it of store.readStreams(streams)) if (it.n <= n) events.push(it);
  for (const { ledger, text, rows, parked } of await folding.fold(events)) {
    const filling = fillings.find((it) => it.ledger.name === ledger);
    filling?.parked.push(...parked);
    await filling?.copy.add(text, rows);
  }
}
