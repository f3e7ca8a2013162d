import type { Stated } from './attributes.js';

/** Fields of agreements that are about one kind of facility: how its POI code begins, and its words. */
const kinds: Readonly<Record<string, { readonly poi: readonly string[]; readonly words: RegExp }>> =
  {
    図書館: { poi: ['1512'], words: /図書/u },
    保育: { poi: [], words: /保育|こども園|子ども園/u },
  };

/**
 * Whether a facility says of itself that it is of another kind than every field of an agreement. One
 * that says no kind, or an agreement about facilities of any kind, leaves nothing to compare.
 */
export function isOfAnotherKind(facility: Stated, fields: readonly string[]): boolean {
  const { poi, note, name } = facility;
  if (poi === undefined && note === undefined) return false;
  const asked = fields.map((it) => kinds[it]);
  if (asked.length === 0) return false;
  const said = [note, name].filter((it) => it !== undefined).join(' ');
  return asked.every(
    (kind) => kind !== undefined && !kind.poi.includes(String(poi ?? '')) && !kind.words.test(said),
  );
}

const prefectureAhead = /^(北海道|東京都|(?:京都|大阪)府|.{2,3}?県)/u;

/** Whether a facility says that it lies in another prefecture than the one named. */
export function liesElsewhere(facility: Stated, prefecture: string | undefined): boolean {
  const written = facility['addressParts.prefecture'] ?? facility['address'];
  const [, place] = prefectureAhead.exec(String(written ?? '')) ?? [];
  return place !== undefined && prefecture !== undefined && place !== prefecture;
}
