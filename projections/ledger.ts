import type { StreamKind } from '../src/entries/domain/act-type.js';
import type { Numbered } from '../src/entries/domain/event.js';
import type { PartRow } from '../src/entries/domain/part-rows.js';
import type { Presuming } from '../src/entries/domain/presumption.js';

/** A read model kept by the projector: which streams it watches, and the rows that they become. */
export interface Ledger {
  readonly name: string;
  /** Raised whenever `rows` gives other rows for the same events; stands in every answer. */
  readonly fold: number;
  readonly watches: readonly StreamKind[];
  /** A pure function of one stream's events up to some n. */
  rows(events: readonly Numbered[], presume: Presuming): readonly PartRow[];
  /** What a row is found by: grams of a text, see `search-key.ts`. Undefined for other rows. */
  searchKey?(row: PartRow): readonly string[] | undefined;
  /** Whether it keeps every event's number, time, stream, id and type as well. */
  readonly numbers?: true;
}

export function ledger(definition: Ledger): Ledger {
  return definition;
}

/** The PostgreSQL schema of one built version of a ledger. */
export function schemaOf(name: string, version: number): string {
  return `${name.replaceAll('-', '_')}_v${version}`;
}
