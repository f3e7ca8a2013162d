import type { Measure } from '../../src/agreements/domain/measures.js';
import type { Relations } from '../../src/agreements/domain/relations.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import { agreementShown } from '../agreement-shown.js';
import type { Incomplete } from '../incomplete.js';
import type { PartyNames } from '../party-names.js';
import { seesWithheld, type Reader } from '../reader.js';
import type { RecordRow } from '../record-row.js';
import { sourceShown, toldShown } from '../told-finding.js';
import type { MeasureRow, RelationShown } from './measures.answer.js';
import type { Records } from './records.statement.js';

/** A measure with the record that it stands under; what is withheld there is withheld here. */
export function measureRow(
  row: RecordRow,
  records: Records,
  names: PartyNames,
  reader: Reader,
  incomplete: Incomplete,
): MeasureRow {
  const record = records.record(row.stream);
  const withheld = seesWithheld(reader, record.keeper) ? [] : record.disclosure.withheld;
  const { said, ...told } = toldShown<Measure>(row, incomplete);
  const [first, ...others] = said.map((it) => without(it, withheld));
  const own = first?.parties;
  const parties = own ?? (withheld.includes('parties') ? [] : partiesOfRecord(row.stream, records));
  return {
    ...told,
    title: first?.title ?? null,
    description: first?.description ?? null,
    field: first?.field ?? null,
    stage: first?.stage ?? null,
    figures: first?.figures ?? [],
    parties: parties.map(({ party, ...rest }) => ({ ...names.shown(party), ...rest })),
    partiesOf: own === undefined ? 'record' : 'measure',
    unnamed: first?.unnamed ?? [],
    ...(others.length === 0 ? {} : { otherwise: others as readonly Measure[] }),
    agreement: agreementShown(record, reader),
    relations: withheld.includes('relation') ? [] : relationsOf(row.stream, records, reader),
  };
}

/** Everybody that the record's outline of the day names, in whatever role. */
export function partiesOfRecord(id: string, records: Records) {
  const outlines = records.record(id).outline.map((it) => it.content);
  const known = outlines.flatMap((it) => (isTooMany(it) ? [] : [it]));
  return known[0]?.parties ?? [];
}

function relationsOf(id: string, records: Records, reader: Reader): readonly RelationShown[] {
  const row = records.relations(id);
  const contents = (row?.contents ?? []) as Possible<Relations | TooMany>;
  const all = contents.flatMap(({ content }) => (isTooMany(content) ? [] : content.all));
  const each = new Map(all.map((it) => [JSON.stringify(it), it]));
  return [...each.values()].map(({ relation, to, certainty, source }) => ({
    relation,
    to: records.visible(to) ? agreementShown(records.record(to), reader) : null,
    certainty: certainty ?? null,
    source: source === undefined ? null : sourceShown(source),
  }));
}

function without(said: Measure, withheld: readonly string[]): Partial<Measure> {
  if (withheld.length === 0) return said;
  return Object.fromEntries(Object.entries(said).filter(([name]) => !withheld.includes(name)));
}
