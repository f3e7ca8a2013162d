import { escapeIdentifier, type Pool } from 'pg';

import type { StreamNames, StreamRef } from '../../src/entries/stream-names.js';
import type { LedgerState } from '../ledger-states.js';

/** Beyond so many events it is cheaper to read again what is still asked for. */
const MOST_EVENTS = 5_000;

interface Change {
  readonly n: number;
  readonly ref: StreamRef;
}

/**
 * Which streams changed lately. In one edition of a ledger the rows of a stream change with the stream's
 * events alone, and rows at or below its n never do: whoever knows the changes since he read knows what
 * is still as it was.
 */
export class ChangeLog {
  private changes: readonly Change[] = [];
  private version = -1;
  /** All changes in (`from`, `to`] are in. */
  private from = -1;
  private to = -1;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    private readonly names: StreamNames,
  ) {}

  /** From now on changes are known: whoever reads at the register's n may ask for those after it. */
  async follow(register: LedgerState): Promise<void> {
    await this.between(register, register.n, register.n);
  }

  /**
   * The streams that have events in (`after`, `upTo`]; undefined where that is not known any more.
   * @param register the register ledger, which lists every event; `upTo` is at most its n
   */
  async between(
    register: LedgerState,
    after: number,
    upTo: number,
  ): Promise<readonly StreamRef[] | undefined> {
    if (upTo > register.n) throw new RangeError(`${upTo} is beyond ${register.n}`);
    while (register.version !== this.version || upTo > this.to) {
      this.reading = this.reading.catch(() => undefined).then(() => this.read(register));
      await this.reading;
    }
    if (after < this.from) return undefined;
    const changed = new Map<string, StreamRef>();
    for (const { n, ref } of this.changes) {
      if (after < n && n <= upTo) changed.set(`${ref.kind} ${ref.id}`, ref);
    }
    return [...changed.values()];
  }

  private async read({ schema, version, n: head }: LedgerState): Promise<void> {
    if (version === this.version && head <= this.to) return;
    if (version !== this.version || head - this.to > MOST_EVENTS) {
      this.version = version;
      this.changes = [];
      this.from = head;
      this.to = head;
      return;
    }
    const { rows } = await this.pool.query<{ n: number; stream: string }>({
      name: `changed ${schema}`,
      text: `select n::float8 as n, stream from ${escapeIdentifier(schema)}.event
        where n > $1 and n <= $2 order by n`,
      values: [this.to, head],
    });
    const read = rows.flatMap(({ n, stream }) => {
      const ref = this.names.refOf(stream);
      return ref === undefined ? [] : [{ n, ref }];
    });
    const all = [...this.changes, ...read];
    this.changes = all.slice(-MOST_EVENTS);
    this.from = all.at(-MOST_EVENTS - 1)?.n ?? this.from;
    this.to = head;
  }
}
