import type { PoiKinds } from '../../src/facilities/list/count-kinds.js';
import { comparable } from '../../src/facilities/list/comparable.js';

/** What POI codes and remarks of lists say for a kind: 図書館 is the remark 図書館 and the code 1512. */
export function namesOfKind(kind: string, poi: PoiKinds): readonly string[] {
  const sought = comparable(kind);
  const codes = [...poi].flatMap(([code, name]) => (comparable(name) === sought ? [code] : []));
  return [kind, ...codes];
}
