import { fields, type Subject } from '../../agreements/domain/vocabulary.js';
import { quoted, refuse } from '../../entries/domain/refusal.js';

/** What somebody comes for: a field, perhaps named by a kind of facility. */
export interface Purpose {
  readonly field: Subject;
  /** The kind of facility by its POI code, where one was named. */
  readonly kind?: {
    readonly poi: string;
    readonly name: string;
    /** The field holds other kinds as well: an agreement in it need not be about this one. */
    readonly narrower: boolean;
  };
}

/** Which field an agreement on a kind of facility is about, by POI code (デジタル庁 GIF). */
const fieldOfKind: Readonly<Record<string, Subject>> = {
  '1512': '図書館',
  '1402': '保育',
  '1404': '保育',
  '1405': '保育',
  '1501': '保育',
  '1101': '公共施設相互利用',
  '1102': '公共施設相互利用',
  '1103': '公共施設相互利用',
  '1104': '公共施設相互利用',
  '1106': '公共施設相互利用',
  '1107': '公共施設相互利用',
  '1110': '公共施設相互利用',
  '1113': '公共施設相互利用',
  '1116': '公共施設相互利用',
  '1133': '公共施設相互利用',
  '1152': '公共施設相互利用',
  '1199': '公共施設相互利用',
  '1305': '公共施設相互利用',
  '1307': '公共施設相互利用',
  '1308': '公共施設相互利用',
  '1309': '公共施設相互利用',
  '1403': '福祉',
  '1408': '福祉',
  '1409': '福祉',
  '1499': '福祉',
  '1606': '保健',
};

/** 図書館 and 保育園: what an agreement in their field is about. */
const wholeField: ReadonlySet<string> = new Set(['1512', '1402']);

/**
 * Reads a purpose: a field's word, else a POI code or the name of its kind.
 * @param kinds the names of the kinds of facilities by POI code
 * @throws Refusal purpose/unknown, purpose/no-field with everything that may be asked for
 */
export function purposeOf(text: string, kinds: ReadonlyMap<string, string>): Purpose {
  const asked = text.normalize('NFKC').trim();
  const field = fields.find((it) => it === asked);
  if (field !== undefined) return { field };
  const named = kinds.get(asked) === undefined ? kindNamed(asked, kinds) : asked;
  if (named === undefined) return notRead('purpose/unknown', text, kinds);
  const of = fieldOfKind[named];
  if (of === undefined) return notRead('purpose/no-field', text, kinds);
  const narrower = !wholeField.has(named);
  return { field: of, kind: { poi: named, name: kinds.get(named) ?? named, narrower } };
}

function kindNamed(name: string, kinds: ReadonlyMap<string, string>): string | undefined {
  for (const [poi, it] of kinds) if (it.normalize('NFKC').trim() === name) return poi;
  return undefined;
}

function notRead(
  code: 'purpose/unknown' | 'purpose/no-field',
  text: string,
  kinds: ReadonlyMap<string, string>,
): never {
  const facilities = Object.keys(fieldOfKind).map((poi) => `${poi} ${kinds.get(poi) ?? ''}`.trim());
  const expected = `分野(${fields.join('、')})、または施設の種類のPOIコードか名称(${facilities.join('、')})`;
  const detail =
    code === 'purpose/unknown'
      ? `利用の目的「${quoted(text)}」を読み取れません。`
      : `「${quoted(text)}」は、協定の分野と結びつけられていない種類の施設です。`;
  return refuse('malformed', code, detail, {
    field: 'purpose',
    code,
    read: quoted(text),
    expected,
  });
}
