import type { PartyName } from '../../src/parties/domain/party-parts.js';
import type { RecordRow } from '../record-row.js';
import { normalised } from '../search-key.js';
import type { FoundBy } from './party.answer.js';

/** A text as the name or reading of a part behind that of its whole: 浜松市 and 中央区. */
export interface Split {
  readonly head: string;
  readonly tail: string;
}

const MOST_SPLITS = 6;

/** Behind a prefecture's or a city's name; し also ends words, which then find nothing. */
const ends = /[都道府県市し]/u;

/** Every way in which a text may name a whole and then its part, both as they are looked for. */
export function splitsOf(text: string): readonly Split[] {
  const characters = Array.from(normalised(text));
  return characters
    .flatMap((it, i) =>
      ends.test(it) && i + 1 < characters.length
        ? [{ head: characters.slice(0, i + 1).join(''), tail: characters.slice(i + 1).join('') }]
        : [],
    )
    .slice(0, MOST_SPLITS);
}

/** How a name row answers to a text that is its own alone. `holds`: on the day asked about. */
export function foundBy(
  { stream, contents }: RecordRow,
  text: string,
  holds: boolean,
): FoundBy | undefined {
  const sought = normalised(text);
  if (stream === sought) return 'id';
  const names = contents.map((it) => it.content as PartyName);
  const has = (field: 'code' | 'corporateNumber' | 'name' | 'kana') =>
    names.some((it) => it[field] !== undefined && normalised(it[field]) === sought);
  if (holds) return (['code', 'corporateNumber', 'name', 'kana'] as const).find(has);
  if (has('code') || has('corporateNumber')) return 'codeOfAnotherDay';
  return has('name') || has('kana') ? 'nameOfAnotherDay' : undefined;
}

/** The same for a text that names its prefecture or its whole before it. `wholes`: name rows by id. */
export function foundBehind(
  { contents }: RecordRow,
  { head, tail }: Split,
  holds: boolean,
  wholes: ReadonlyMap<string, RecordRow>,
): FoundBy | undefined {
  for (const it of contents.map(({ content }) => content as PartyName)) {
    const above = namesOf(it.partOf === undefined ? undefined : wholes.get(it.partOf));
    const fields = [
      [
        'name',
        [it.prefecture, ...above.name, ...above.name.map((whole) => `${it.prefecture}${whole}`)],
      ],
      ['kana', above.kana],
    ] as const;
    for (const [field, heads] of fields) {
      const own = it[field];
      if (own === undefined || normalised(own) !== tail) continue;
      if (heads.some((one) => one !== undefined && normalised(one) === head)) {
        return holds ? field : 'nameOfAnotherDay';
      }
    }
  }
  return undefined;
}

function namesOf(row: RecordRow | undefined) {
  const names = (row?.contents ?? []).map(({ content }) => content as PartyName);
  return {
    name: names.flatMap(({ name }) => name ?? []),
    kana: names.flatMap(({ kana }) => kana ?? []),
  };
}
