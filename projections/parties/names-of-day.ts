import type { PartyName } from '../../src/parties/domain/party-parts.js';
import type { PartiesKnown } from '../kept/parties-known.js';
import { type RecordRow } from '../record-row.js';

/** The name rows of a day, by party. */
export function namesOfDay(
  parties: PartiesKnown,
  ids: readonly string[],
  day: number,
): ReadonlyMap<string, RecordRow> {
  return new Map(parties.nameRows(ids, day).map((it) => [it.stream, it]));
}

/**
 * What parties are called in an answer: by their name of the day, and who has none yet by that which it
 * will first have.
 */
export function namesToShow(
  parties: PartiesKnown,
  today: ReadonlyMap<string, RecordRow>,
): ReadonlyMap<string, RecordRow> {
  const first = [...today.values()]
    .filter((it) => !isNamed(it))
    .flatMap(({ stream }) => parties.rows(stream, 'name').find(isNamed) ?? []);
  return first.length === 0 ? today : new Map([...today, ...byId(first)]);
}

function byId(rows: readonly RecordRow[]): readonly (readonly [string, RecordRow])[] {
  return rows.map((it) => [it.stream, it]);
}

export function isNamed({ contents }: RecordRow): boolean {
  return contents.some(({ content }) => (content as PartyName).name !== undefined);
}

/** The cities of wards and the bodies of organs among name rows. */
export function wholesOf(rows: readonly RecordRow[]): readonly string[] {
  return rows.flatMap(({ contents }) =>
    contents.flatMap(({ content }) => (content as PartyName).partOf ?? []),
  );
}
