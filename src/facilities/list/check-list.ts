import { createHash } from 'node:crypto';

import { bodyOf, bodyText, isOf, nameOf, type Owner } from './body.js';
import { compareStated, countKinds, type PoiKinds, type Stated } from './count-kinds.js';
import { withDuplicates } from './duplicates.js';
import { decode, type Encoding, hasUtf8Mark, isBinary, isUtf16 } from './encoding.js';
import { type Finding, finding, isRefusal } from './finding.js';
import { type Header, likeness, readHeader } from './header.js';
import { readRow, type RowRead } from './read-row.js';
import { recordOf } from './record.js';
import type { ListReport, RowReport } from './report.js';
import { type RowPlace, scanCsv, unquoted } from './scan-csv.js';

export interface Asked {
  /** Whose list it is to be. */
  readonly owner: Owner;
  /** Counts that somebody states, to be shown beside the list's own. */
  readonly stated: readonly Stated[];
  readonly poi: PoiKinds;
}

/** Bytes of the largest file that is read. */
export const LARGEST_LIST = 16 * 1024 * 1024;

/** The largest city has a tenth as many facilities. */
export const MOST_ROWS = 50_000;

interface Found {
  readonly encoding?: Encoding;
  readonly header?: Header;
  readonly refusals?: readonly Finding[];
  readonly rows?: readonly RowRead[];
  /** Rows that are not judged one by one. */
  readonly unjudged?: number;
}

/**
 * 公共施設一覧の確認: what each row of a list says and what is wrong with it. Nothing is stored, and
 * any bytes give a report: what cannot be read is refused, by row or as a whole.
 */
export function checkList(bytes: Uint8Array, asked: Asked): ListReport {
  const { encoding = null, header, refusals = [], rows = [], unjudged = 0 } = find(bytes, asked);
  const reports = rows.map(judged);
  const counted = rows.map(({ cells }, i) => ({ cells, taken: reports[i]?.verdict !== 'refused' }));
  const taken = counted.filter((it) => it.taken).length;
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    owner: nameOf(asked.owner),
    encoding,
    form: header?.form ?? null,
    unknownColumns: header?.unknown ?? [],
    absentColumns: header?.absent ?? [],
    refusals,
    rows: reports,
    summary: {
      read: rows.length + unjudged,
      taken,
      withWarnings: reports.filter((it) => it.verdict === 'taken-with-warnings').length,
      refused: rows.length - taken + unjudged,
      kinds: countKinds(counted, asked.poi),
      stated: refusals.length > 0 ? [] : compareStated(asked.stated, counted, asked.poi),
    },
  };
}

function find(bytes: Uint8Array, asked: Asked): Found {
  const size = `${bytes.length} バイト`;
  if (bytes.length > LARGEST_LIST) return { refusals: [finding('list/too-large', size)] };
  if (isUtf16(bytes)) return { refusals: [finding('list/encoding', 'UTF-16')] };
  const marked = hasUtf8Mark(bytes);
  const places = scanCsv(bytes, marked ? 3 : 0);
  const top = places.next().value;
  if (top === undefined) return { refusals: [finding('list/empty', size)] };

  const encoding = marked ? 'utf-8-bom' : encodingOf(bytes, top);
  const header = readHeader(namesIn(bytes, top, encoding));
  if (isFindings(header)) {
    if (isBinary(bytes)) return { refusals: [finding('list/not-text', size)] };
    return { encoding, refusals: header, unjudged: countOf(places) };
  }
  const rows: RowRead[] = [];
  let beyond = 0;
  for (const place of places) {
    if (rows.length < MOST_ROWS) rows.push(readRow(place, { bytes, encoding, header, ...asked }));
    else beyond += 1;
  }
  const read = rows.length + beyond;
  const refusals = [
    ...(read === 0 ? [finding('list/no-rows', '')] : []),
    ...(beyond > 0 ? [finding('list/too-many-rows', `${read} 行`)] : []),
    ...foreign(rows, asked.owner),
  ];
  return refusals.length > 0
    ? { encoding, header, refusals, unjudged: read }
    : { encoding, header, rows: withDuplicates(rows) };
}

function countOf(places: Iterable<RowPlace>): number {
  return Array.from(places, () => 0).length;
}

/** The encoding in which the header looks more like a list's; UTF-8 where neither does. */
function encodingOf(bytes: Uint8Array, top: RowPlace): Encoding {
  const inUtf8 = likeness(namesIn(bytes, top, 'utf-8'));
  return likeness(namesIn(bytes, top, 'cp932')) > inUtf8 ? 'cp932' : 'utf-8';
}

function namesIn(bytes: Uint8Array, top: RowPlace, encoding: Encoding): readonly string[] {
  return top.cells.map(({ from, to }) => unquoted(decode(bytes.subarray(from, to), encoding)));
}

/** A list is another body's when rows say whose they are and none is the owner's. */
function foreign(rows: readonly RowRead[], owner: Owner): readonly Finding[] {
  const bodies = rows.map(({ cells }) => bodyOf(cells));
  const own = bodies.filter((it) => isOf(owner, it) === true);
  const others = bodies.filter((it) => isOf(owner, it) === false);
  if (own.length === 0 && others.length > 0) {
    const names = [...new Set(others.map(bodyText))];
    return [finding('list/other-body', names.join('、'), { expected: nameOf(owner) })];
  }
  const codes = new Set(own.flatMap((it) => it.code ?? []));
  return codes.size > 1 ? [finding('list/several-bodies', [...codes].join('、'))] : [];
}

function judged({ line, lastLine, cells, findings }: RowRead): RowReport {
  if (findings.some(isRefusal)) return { line, lastLine, verdict: 'refused', findings };
  const verdict = findings.length === 0 ? 'taken' : 'taken-with-warnings';
  return { line, lastLine, verdict, record: recordOf(cells), findings };
}

function isFindings(it: Header | readonly Finding[]): it is readonly Finding[] {
  return Array.isArray(it);
}
