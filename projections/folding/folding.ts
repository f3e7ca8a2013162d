import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';

import type { StreamNames } from '../../src/entries/stream-names.js';
import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { ledgerNamed } from '../ledgers.js';
import type { Ledger } from '../ledger.js';
import { foldTexts, type FoldedText } from './fold-texts.js';
import { FoldThread } from './fold-thread.js';

/** More threads than these wait for the database. */
const MOST_THREADS = 4;
/** Fewer events are folded before a thread has loaded the program. */
const WORTH_THREADS = 20_000;
/** Events that are folded before others have a turn. */
const AT_ONCE = 200;

/** Folds streams in threads beside this one where that is worth it, else here. */
export class Folding {
  private over = false;

  private constructor(
    private readonly ledgers: readonly Ledger[],
    private readonly names: StreamNames,
    private readonly threads: readonly FoldThread[],
  ) {}

  /**
   * @param threads how many; by default as many as the machine and the number of events make worth while.
   * A thread has the ledgers that the program has by their names, and runs compiled code alone.
   */
  static open(
    ledgers: readonly Ledger[],
    names: StreamNames,
    {
      events,
      threads = threadsFor(events),
    }: { readonly events: number; readonly threads?: number },
  ): Folding {
    const able =
      import.meta.url.endsWith('.js') && ledgers.every((it) => ledgerNamed(it.name) === it);
    const task = { register: names.register, ledgers: ledgers.map((it) => it.name) };
    const started = Array.from({ length: able ? threads : 0 }, () => new FoldThread(task));
    return new Folding(ledgers, names, started);
  }

  /** Batches to ask for at once: one more than are folded, so that nobody waits for reading. */
  get ahead(): number {
    return Math.max(1, this.threads.length) + 1;
  }

  /**
   * @param events of whole streams, one stream after another
   * @throws UnknownEventType
   */
  async fold(events: readonly RecordedEvent[]): Promise<readonly FoldedText[]> {
    const [idlest] = this.threads.toSorted((a, b) => a.load - b.load);
    const made = await idlest?.fold(events);
    if (this.over) return [];
    return made ?? this.foldHere(events);
  }

  /** What is still asked for is folded no more. */
  async end(): Promise<void> {
    this.over = true;
    await Promise.all(this.threads.map((it) => it.end()));
  }

  private async foldHere(events: readonly RecordedEvent[]): Promise<readonly FoldedText[]> {
    const made: FoldedText[] = [];
    for (const some of wholeStreamsAtOnce(events)) {
      made.push(...foldTexts(this.ledgers, this.names, some));
      await turn();
    }
    return made;
  }
}

function threadsFor(events: number): number {
  return events < WORTH_THREADS ? 0 : Math.min(MOST_THREADS, availableParallelism() - 1);
}

function* wholeStreamsAtOnce(
  events: readonly RecordedEvent[],
): Generator<readonly RecordedEvent[], void, undefined> {
  let some: RecordedEvent[] = [];
  for (const it of events) {
    if (some.length >= AT_ONCE && it.stream !== some.at(-1)?.stream) {
      yield some;
      some = [];
    }
    some.push(it);
  }
  if (some.length > 0) yield some;
}
