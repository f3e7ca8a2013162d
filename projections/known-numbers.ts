import { escapeIdentifier, type Pool } from 'pg';

import type { Clock } from '../src/clock.js';
import { refuse } from '../src/entries/domain/refusal.js';
import type { EventStore } from '../src/event-sourcing/event-store.js';
import { dayInTokyo, endOfDay, knownText, type Known, type KnownAt } from './known.js';
import { type LedgerState, SharedStates, stateOf } from './ledger-states.js';
import { OneReading } from './one-reading.js';
import { waitUntil } from './wait-for.js';

/** After two minutes no writer's clock can still be behind the instant (domain § 4 "Known"). */
const SETTLED_AFTER = 120_000;
/** How long a question waits for a ledger that is behind the number asked for. */
const PATIENCE = 2_000;

/** The states of the ledgers that an answer joins, and the n at which it reads all of them. */
export interface ReadingPoint {
  readonly states: ReadonlyMap<string, LedgerState>;
  readonly known: KnownAt;
}

/** Resolves what is asked as known to a register number, by the register ledger's own list of events. */
export class KnownNumbers {
  private readonly times = new Map<number, string>();
  private readonly states: SharedStates;

  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'head'>,
    private readonly clock: Clock,
  ) {
    this.states = new SharedStates(pool);
  }

  /**
   * @throws Refusal `known/future`, `known/beyond`, `known/before-register`; LedgerNotBuilt
   */
  async resolve(
    known: Known,
    ledgers: readonly string[],
    reading = new OneReading(),
  ): Promise<ReadingPoint> {
    const states = await reading.of(() => this.states.read());
    const least = leastOf(states, ledgers);
    const day = known.kind === 'day' ? known.day - dayInTokyo(this.clock.millis()) : -1;
    if (day > 0) return refuseFuture(known);
    if (known.kind === 'now' || day === 0) {
      if (least.at === null) return refuseBefore(known);
      return { states, known: { n: least.n, at: least.at, settled: false } };
    }
    const resolved =
      known.kind === 'number'
        ? { n: known.n, settled: true }
        : await this.numberAt(instantOf(known), known, states);
    const behind = resolved.n > least.n;
    if (behind) reading.again();
    const reached = behind ? await this.reach(resolved.n, known, ledgers) : states;
    const at = await this.timeOf(resolved.n, stateOf(reached, 'register').schema);
    if (at === undefined) return refuseBeyond(known, least.n);
    return { states: reached, known: { ...resolved, at } };
  }

  private async numberAt(
    instant: string,
    known: Known,
    states: ReadonlyMap<string, LedgerState>,
  ): Promise<{ readonly n: number; readonly settled: boolean }> {
    const past = this.clock.millis() - Date.parse(instant);
    if (past < 0) return refuseFuture(known);
    const { schema, n: head } = stateOf(states, 'register');
    const { rows } = await this.pool.query<{ n: number }>({
      name: `number at ${schema}`,
      text: `select n::float8 as n from ${escapeIdentifier(schema)}.event
        where at <= $1 order by at desc, n desc limit 1`,
      values: [instant],
    });
    const n = rows[0]?.n;
    if (n === undefined) return refuseBefore(known);
    if (past < SETTLED_AFTER) return { n, settled: false };
    return { n, settled: n < head || (await this.isHead(n)) };
  }

  /** The newest number on record is the answer only where the store has none beyond it. */
  private async isHead(n: number): Promise<boolean> {
    const head = await this.store.head().catch(() => null);
    return head?.n === n;
  }

  /** A number that the store has and a ledger has not yet is worth a short wait. */
  private async reach(
    n: number,
    known: Known,
    ledgers: readonly string[],
  ): Promise<ReadonlyMap<string, LedgerState>> {
    const head = await this.store.head();
    if (head === null || n > head.n) return refuseBeyond(known, head?.n ?? -1);
    const reached = await waitUntil(this.pool, ['register', ...ledgers], n, PATIENCE);
    return reached ?? refuseBeyond(known, n - 1);
  }

  private async timeOf(n: number, schema: string): Promise<string | undefined> {
    const kept = this.times.get(n);
    if (kept !== undefined) return kept;
    const { rows } = await this.pool.query<{ at: string }>({
      name: `time of ${schema}`,
      text: `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from ${escapeIdentifier(schema)}.event where n = $1`,
      values: [n],
    });
    const at = rows[0]?.at;
    if (this.times.size > 10_000) this.times.clear();
    if (at !== undefined) this.times.set(n, at);
    return at;
  }
}

function leastOf(
  states: ReadonlyMap<string, LedgerState>,
  ledgers: readonly string[],
): LedgerState {
  const all = ['register', ...ledgers].map((it) => stateOf(states, it));
  return all.reduce((least, it) => (it.n < least.n ? it : least));
}

function instantOf(known: Known): string {
  if (known.kind === 'instant') return known.at;
  if (known.kind === 'day') return endOfDay(known.day);
  throw new TypeError(`${known.kind} is no time`);
}

function refuseFuture(known: Known): never {
  return refuseKnown(
    'known/future',
    'known が未来です。登録簿がこれから知ることは答えられません。',
    known,
    '現在までの時刻か日',
  );
}

function refuseBefore(known: Known): never {
  return refuseKnown(
    'known/before-register',
    '登録簿が始まる前です。それより前に知られていたことは答えられません。',
    known,
    '登録簿の最初の登録以後の時刻か日',
  );
}

function refuseBeyond(known: Known, head: number): never {
  return refuseKnown(
    'known/beyond',
    'その登録番号はまだありません。',
    known,
    `0 から ${Math.max(head, 0)} までの登録番号`,
  );
}

function refuseKnown(code: string, message: string, known: Known, expected: string): never {
  return refuse('malformed', code, message, {
    field: 'known',
    code,
    read: knownText(known),
    expected,
  });
}
