import { comparableAddress, withoutDistrict } from './comparable.js';
import type { Field } from './columns.js';
import { type Finding, finding, findingAt, type FindingCode } from './finding.js';
import { readDecimal, readTime } from './readings.js';
import type { Cells } from './record.js';

/** What is found between the cells of one row. */
export function crossCheck(cells: Cells, columnOf: (field: Field) => string): readonly Finding[] {
  const missing = (field: Field, code: FindingCode) =>
    cells[field] === undefined ? [finding(code, '', { column: columnOf(field) })] : [];
  return [
    ...missing('code', 'code/missing'),
    ...missing('name', 'name/missing'),
    ...missing('id', 'id/missing'),
    ...missing('address', 'address/missing'),
    ...coordinates(cells),
    ...times(cells),
    ...contradictions(cells),
  ];
}

/** The ends of Japan, rounded outwards to whole degrees (国土地理院, 日本の東西南北端点の経度緯度). */
const isLatitude = (degrees: number) => degrees >= 20 && degrees <= 46;
const isLongitude = (degrees: number) => degrees >= 122 && degrees <= 154;

function coordinates({ latitude, longitude }: Cells): readonly Finding[] {
  if (latitude === undefined || longitude === undefined) {
    const one = latitude ?? longitude;
    return one === undefined ? [] : [findingAt('coordinates/half', one)];
  }
  const [north, east] = [readDecimal(latitude.text), readDecimal(longitude.text)];
  if (north === undefined || east === undefined) return [];
  if (isLatitude(north) && isLongitude(east)) return [];
  return isLatitude(east) && isLongitude(north)
    ? [findingAt('coordinates/swapped', latitude), findingAt('coordinates/swapped', longitude)]
    : [
        ...(isLatitude(north) ? [] : [findingAt('coordinates/outside-japan', latitude)]),
        ...(isLongitude(east) ? [] : [findingAt('coordinates/outside-japan', longitude)]),
      ];
}

function times({ opens, closes }: Cells): readonly Finding[] {
  if (opens === undefined || closes === undefined) return [];
  const [from, to] = [readTime(opens.text), readTime(closes.text)];
  if (from === undefined || to === undefined || from < to) return [];
  return [finding('time/order', `${opens.text} ${closes.text}`, { column: closes.column })];
}

/** The parts of an address must stand in its whole in their order; leading ones may be left out of it. */
function contradictions(cells: Cells): readonly Finding[] {
  const { address, addressPrefecture, addressMunicipality, addressTown, addressNumber } = cells;
  if (address === undefined) return [];
  const whole = comparableAddress(address.text);
  const parts = [addressPrefecture, addressMunicipality, addressTown, addressNumber].flatMap(
    (it) => (it === undefined ? [] : { cell: it, text: comparableAddress(it.text) }),
  );
  const first = parts.findIndex((it) => placeOf(it.text, whole, 0)?.at === 0);
  let after = 0;
  return parts.slice(Math.max(first, 0)).flatMap(({ cell, text }) => {
    const place = placeOf(text, whole, after) ?? placeOf(withoutDistrict(text), whole, after);
    if (place === undefined) {
      return findingAt('address/contradiction', cell, { expected: address.text });
    }
    after = place.end;
    return [];
  });
}

/** Where a part stands in the whole, a number only as a whole number. */
function placeOf(part: string, whole: string, from: number) {
  const digitAt = (at: number) => /\d/.test(whole.charAt(at));
  for (let at = whole.indexOf(part, from); at >= 0; at = whole.indexOf(part, at + 1)) {
    const end = at + part.length;
    const cut = at > 0 && digitAt(at - 1) && digitAt(at);
    const torn = end > 0 && digitAt(end - 1) && digitAt(end);
    if (!cut && !torn) return { at, end };
    if (part === '') return undefined;
  }
  return undefined;
}
