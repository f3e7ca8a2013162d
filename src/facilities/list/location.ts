import { faultOfCode } from '../../parties/domain/local-government-code.js';
import { bodyOf, type NamedBody, splitName } from './body.js';
import { withoutDistrict } from './comparable.js';
import { type Finding, findingAt } from './finding.js';
import type { Cells } from './record.js';

/**
 * A facility beyond its owner's border. That may be true, so it is a warning; nothing is found where
 * the row does not say where it lies, or its owner has no territory of that kind.
 */
export function checkLocation(cells: Cells): readonly Finding[] {
  const owner = bodyOf(cells);
  const found = byCode(owner, cells) ?? byName(owner, cells);
  return found === undefined ? [] : [found];
}

/** The first two digits are the prefecture's. Wards have codes of their own, so the others prove nothing. */
function byCode(owner: NamedBody, { locationCode }: Cells): Finding | undefined {
  if (owner.code === undefined || locationCode === undefined) return undefined;
  if (faultOfCode(locationCode.text) !== undefined) return undefined;
  return locationCode.text.slice(0, 2) === owner.code.slice(0, 2)
    ? undefined
    : findingAt('address/other-prefecture', locationCode);
}

function byName(owner: NamedBody, cells: Cells): Finding | undefined {
  const { address, addressPrefecture, addressMunicipality } = cells;
  const place = addressMunicipality ?? addressPrefecture ?? address;
  if (place === undefined) return undefined;
  const inParts = `${addressPrefecture?.text ?? ''}${addressMunicipality?.text ?? ''}`;
  const { prefecture, municipality } = splitName(inParts === '' ? place.text : inParts);
  if (differ(prefecture, owner.prefecture)) {
    return findingAt('address/other-prefecture', addressPrefecture ?? place);
  }
  const isSaid = prefecture !== undefined || addressMunicipality !== undefined;
  if (!isSaid || municipality === undefined || !/[市区町村]$/u.test(owner.municipality ?? '')) {
    return undefined;
  }
  return liesIn(municipality, owner.municipality ?? '')
    ? undefined
    : findingAt('address/other-municipality', place);
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** 横浜市鶴見区 lies in 横浜市, 三島郡島本町 in 島本町. */
function liesIn(place: string, municipality: string): boolean {
  return withoutDistrict(place).startsWith(withoutDistrict(municipality));
}
