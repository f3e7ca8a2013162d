import type { Pool } from 'pg';

import { schemaOf } from './ledger.js';
import { ledgerNamed } from './ledgers.js';
import type { ParkedStream } from './parked-streams.js';

/** Where the serving version of a ledger stands. */
export interface LedgerState {
  readonly ledger: string;
  readonly version: number;
  readonly fold: number;
  /** The schema of its tables. */
  readonly schema: string;
  readonly n: number;
  /** The time of n; null while the ledger is empty. */
  readonly at: string | null;
  readonly parked: readonly Pick<ParkedStream, 'id' | 'n'>[];
  /**
   * Changes whenever rows at or below n may: with another version, and when a stream that waited is
   * replayed. Within one edition they never do.
   */
  readonly edition: string;
  /** Changes whenever any of the above does. */
  readonly head: string;
}

/** A ledger that no projector has begun yet, or none of this program's fold. */
export class LedgerNotBuilt extends Error {
  override readonly name = 'LedgerNotBuilt';
  readonly code = 'projection/not-built';

  constructor(readonly ledger: string) {
    super(`台帳 ${ledger} はまだ作られていません。`);
  }
}

export type LedgerStates = ReadonlyMap<string, LedgerState>;

/** Every ledger that serves, read in one statement: what is at or below its n does not change. */
export async function readStates(pool: Pool): Promise<LedgerStates> {
  return statesOf(await readText(pool));
}

/**
 * The same for many readers at once: whoever asks while a statement is under way shares the next one,
 * so that what was committed before he asked is in.
 */
export class SharedStates {
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<LedgerStates> | undefined;
  private text = '';
  private states: LedgerStates = new Map();

  constructor(private readonly pool: Pool) {}

  read(): Promise<LedgerStates> {
    this.next ??= this.readNext();
    return this.next;
  }

  private async readNext(): Promise<LedgerStates> {
    await this.running;
    this.next = undefined;
    const reading = readText(this.pool);
    this.running = reading.catch(() => undefined);
    const text = await reading;
    if (text !== this.text) {
      this.text = text;
      this.states = ofThisProgram(statesOf(text));
    }
    return this.states;
  }
}

/** Rows of another fold are read by the program that made them; this one builds the ledger anew. */
function ofThisProgram(states: LedgerStates): LedgerStates {
  return new Map([...states].filter(([ledger, { fold }]) => ledgerNamed(ledger)?.fold === fold));
}

async function readText(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ states: string | null }>({
    name: 'ledger states',
    text: `select json_agg(s)::text as states from (
        select c.ledger, c.version, c.fold, c.n,
          to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
          (select json_agg(json_build_object('id', p.id, 'n', p.n) order by p.id)
            from projection.parked_stream p
            where p.ledger = c.ledger and p.version = c.version) as parked
        from projection.checkpoint c where c.serves order by c.ledger) as s`,
  });
  return rows[0]?.states ?? '[]';
}

type StateRow = Omit<LedgerState, 'schema' | 'edition' | 'head' | 'parked'> & {
  readonly parked: LedgerState['parked'] | null;
};

function statesOf(text: string): LedgerStates {
  const rows = JSON.parse(text) as readonly StateRow[];
  return new Map(
    rows.map((it) => {
      const parked = it.parked ?? [];
      const schema = schemaOf(it.ledger, it.version);
      const edition = `${it.version}:${parked.map((p) => `${p.id}@${p.n}`).join()}`;
      return [it.ledger, { ...it, schema, parked, edition, head: `${it.n}:${edition}` }];
    }),
  );
}

/** @throws LedgerNotBuilt */
export function stateOf(states: ReadonlyMap<string, LedgerState>, ledger: string): LedgerState {
  const found = states.get(ledger);
  if (found === undefined) throw new LedgerNotBuilt(ledger);
  return found;
}
