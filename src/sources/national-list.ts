import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import type { PartyKind } from '../parties/domain/party-kind.js';
import { parseIsoDay } from '../time/civil-date.js';
import { readTable, type TableRow } from './csv-table.js';
import { sourcesFolder } from './source-files.js';

/** Where a fact of the list stands. */
export interface ListedSource {
  readonly document: string;
  readonly place: string;
  readonly quote: string;
}

/** A body of the list: a prefecture, a municipality, a special ward or a ward of a city. */
export interface ListedBody {
  readonly kind: PartyKind;
  /** As the list writes it, never normalised; a ward's is its own, without its city. */
  readonly name: string;
  readonly kana: string;
  readonly code: string;
  readonly corporateNumber?: string;
  /** Code of a ward's city. */
  readonly partOf?: string;
  readonly prefecture: string;
  readonly latitude?: number;
  readonly longitude?: number;
  /** ISO day on which it began, where the list says so. */
  readonly from?: string;
  readonly source: ListedSource;
  /** Codes that it got later, by the day. */
  readonly laterCodes: readonly LaterCode[];
}

export interface LaterCode {
  readonly code: string;
  readonly from: string;
  readonly source: ListedSource;
}

/** Which ward took the place of which: the list itself does not say. By codes. */
export interface ListedSuccession {
  readonly successor: string;
  readonly effective: string;
  readonly manner: 'merger' | 'split' | 'changeOfStatus';
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
  readonly source: ListedSource;
}

export interface NationalList {
  /** Prefectures first, then in the order of the list: a city stands before its wards. */
  readonly bodies: readonly ListedBody[];
  readonly successions: readonly ListedSuccession[];
}

/** The first day on which all is so that the list says; one after all others where it dates nothing. */
export function dayOfList({ bodies, successions }: NationalList): number {
  const days = [
    ...bodies.flatMap(({ from, laterCodes }) => [from, ...laterCodes.map((it) => it.from)]),
    ...successions.map(({ effective }) => effective),
  ].flatMap((it) => (it === undefined ? [] : (parseIsoDay(it) ?? [])));
  return days.length === 0 ? Number.MAX_SAFE_INTEGER : Math.max(...days);
}

/** Its codes, the newest first. */
export function codesOf({ code, laterCodes }: ListedBody): readonly string[] {
  return [...laterCodes.map((it) => it.code).toReversed(), code];
}

const kinds: Readonly<Record<string, PartyKind>> = {
  政令指定都市: 'municipality',
  市: 'municipality',
  町: 'municipality',
  村: 'municipality',
  特別区: 'specialWard',
  行政区: 'ward',
};

const municipalities = '市区町村の一覧(code4fukui/localgovjp、CC0)';
const prefectures = '都道府県の一覧(法人番号はコードから計算)';

/** All municipalities, wards and prefectures of `sources/reference/`. */
export function readNationalList(folder = join(sourcesFolder(), 'reference')): NationalList {
  const table = (name: string) => readTable(readFileSync(join(folder, name)));
  const rows = table('municipalities.csv').map(bodyOf);
  return {
    bodies: [...table('prefectures.csv').map(prefectureOf), ...oneForEachBody(rows)],
    successions: readSuccessions(readFileSync(join(folder, 'successions.yaml'), 'utf8')),
  };
}

function prefectureOf({ cell, line }: TableRow): ListedBody {
  const code = cell('lgcode6');
  return {
    kind: 'prefecture',
    name: cell('name'),
    kana: cell('kana'),
    code,
    corporateNumber: cell('corporate_number_computed'),
    prefecture: cell('name'),
    source: { document: prefectures, place: `lgcode6 ${code}`, quote: line },
    laterCodes: [],
  };
}

function bodyOf({ cell, line }: TableRow): ListedBody {
  const [code, ward, number, city] = [
    'lgcode6',
    'ward',
    'corporate_number_computed',
    'parent_lgcode6',
  ].map(cell) as [string, string, string, string];
  const kind = kinds[cell('kind')];
  if (kind === undefined) throw new Error(`municipalities.csv: no kind ${cell('kind')} of ${code}`);
  const [latitude, longitude] = [cell('lat'), cell('lng')];
  const from = /valid_from (\d{4}-\d{2}-\d{2})/.exec(cell('note'))?.[1];
  const unverified = cell('note').includes('unverified');
  return {
    kind,
    name: ward === '' ? cell('name') : ward,
    kana: cell('kana').split(' ').at(-1) ?? '',
    code,
    ...(number === '' ? {} : { corporateNumber: number }),
    ...(city === '' ? {} : { partOf: city }),
    prefecture: cell('pref'),
    ...(latitude === '' ? {} : { latitude: Number(latitude), longitude: Number(longitude) }),
    ...(from === undefined ? {} : { from }),
    source: {
      document: municipalities,
      place: `lgcode6 ${code}${unverified ? '(unverified)' : ''}`,
      quote: line,
    },
    laterCodes: [],
  };
}

/** A ward whose row ended and that has another row under its name got another code. */
function oneForEachBody(rows: readonly ListedBody[]): readonly ListedBody[] {
  const found = new Map<string, ListedBody>();
  for (const row of rows) {
    const key = row.kind === 'ward' ? `${row.partOf} ${row.name}` : row.code;
    const earlier = found.get(key);
    if (earlier === undefined) found.set(key, row);
    else if (row.from === undefined) throw new Error(`municipalities.csv: ${row.code} twice`);
    else {
      const { code, from, source } = row;
      const laterCodes = [...earlier.laterCodes, { code, from, source }];
      found.set(key, { ...earlier, laterCodes });
    }
  }
  return [...found.values()];
}

interface SuccessionsFile {
  readonly document: string;
  readonly successions: readonly (Omit<ListedSuccession, 'source'> &
    Omit<ListedSource, 'document'>)[];
}

function readSuccessions(text: string): readonly ListedSuccession[] {
  const { document, successions } = parse(text) as SuccessionsFile;
  return successions.map(({ place, quote, ...it }) => ({
    ...it,
    source: { document, place, quote },
  }));
}
