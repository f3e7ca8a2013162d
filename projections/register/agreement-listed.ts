import type { Outline } from '../../src/agreements/domain/outline.js';
import type { InstrumentKind } from '../../src/agreements/domain/vocabulary.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import { undecided, type Disclosure } from '../disclosure.js';
import { seesWithheld, type Reader } from '../reader.js';
import type { Stamp } from '../stamp.js';

export interface AgreementsAnswer extends Stamp {
  readonly agreements: readonly AgreementListed[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: number;
}

export interface AgreementListed {
  readonly id: string;
  /** The number of its first event. */
  readonly n: number;
  readonly keeper: string;
  readonly title: string | null;
  readonly kind: InstrumentKind | null;
  readonly number: string | null;
  readonly fields: readonly string[];
  readonly parties: readonly { readonly id: string; readonly name: string | null }[];
  readonly disclosed: boolean;
  readonly pending: readonly string[];
}

export interface ListedRow {
  readonly id: string;
  readonly n: number;
  readonly keeper: string;
  readonly contents: Possible<Outline | TooMany>;
  readonly pending: readonly string[];
  readonly disclosure: Disclosure | null;
  readonly parties: AgreementListed['parties'];
}

/** One line of the list; where the outline of the day is open, its first possibility. */
export function listed(row: ListedRow, reader: Reader): AgreementListed {
  const { id, n, keeper, pending, parties } = row;
  const disclosure = row.disclosure ?? undecided;
  const outline = row.contents.flatMap((it) => (isTooMany(it.content) ? [] : [it.content]))[0];
  const shown = (field: string) =>
    !disclosure.withheld.includes(field) || seesWithheld(reader, keeper);
  return {
    id,
    n,
    keeper,
    title: shown('title') ? (outline?.title ?? null) : null,
    kind: shown('kind') ? (outline?.kind ?? null) : null,
    number: shown('number') ? (outline?.number ?? null) : null,
    fields: shown('fields') ? (outline?.fields ?? []) : [],
    parties: shown('parties') ? parties : [],
    disclosed: disclosure.disclosed,
    pending,
  };
}
