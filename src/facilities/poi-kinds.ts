import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sourcesFolder } from '../sources/source-files.js';
import { decode } from './list/encoding.js';
import type { PoiKinds } from './list/count-kinds.js';
import { scanCsv, unquoted } from './list/scan-csv.js';

/** The POI codes of デジタル庁 GIF as they ship: 大分類, code, name, explanation in each row. */
export function readPoiKinds(folder = sourcesFolder()): PoiKinds {
  const bytes = readFileSync(join(folder, 'reference', 'poi-codes.csv'));
  const [, ...rows] = Array.from(scanCsv(bytes, 0), ({ cells }) =>
    cells.map(({ from, to }) => unquoted(decode(bytes.subarray(from, to), 'utf-8'))),
  );
  return new Map(rows.flatMap(([, code, name]) => (code && name ? [[code, name]] : [])));
}
