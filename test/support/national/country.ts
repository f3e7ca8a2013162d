import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sourcesFolder } from '../../../src/sources/source-files.js';
import { Random } from './random.js';

/** A prefecture, a municipality, a special ward or a ward of a city, as the reference lists name it. */
export interface Place {
  /** Party id: the same for the same code and seed. */
  readonly id: string;
  readonly kind: 'prefecture' | 'municipality' | 'specialWard' | 'ward';
  readonly code: string;
  readonly name: string;
  readonly kana: string;
  readonly prefecture: string;
  readonly corporateNumber?: string;
  /** The city of a ward. */
  readonly partOf?: string;
  /** 市, 町 or 村, by which bodies gather in councils. */
  readonly status: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** 8市連携市長会議, whose matrix is measured: in the country at every size. */
export const eightCities = [
  '横浜市',
  '川崎市',
  '横須賀市',
  '鎌倉市',
  '藤沢市',
  '逗子市',
  '大和市',
  '町田市',
] as const;

/** Bodies and their surroundings. */
export class Country {
  readonly bodies: readonly Place[];
  private readonly around = new Map<string, readonly Place[]>();

  constructor(readonly places: readonly Place[]) {
    this.bodies = places.filter((it) => it.kind === 'municipality' || it.kind === 'specialWard');
  }

  get prefectures(): readonly Place[] {
    return this.places.filter((it) => it.kind === 'prefecture');
  }

  /** The other bodies, the nearest first, at most 60. */
  neighbours(of: Place): readonly Place[] {
    const kept = this.around.get(of.id);
    if (kept !== undefined) return kept;
    const found = this.bodies
      .filter((it) => it.id !== of.id)
      .map((it) => [it, distance(it, of)] as const)
      .sort(([, a], [, b]) => a - b)
      .slice(0, 60)
      .map(([it]) => it);
    this.around.set(of.id, found);
    return found;
  }
}

/**
 * All municipalities, wards and prefectures of the reference lists, or a share of them: the bodies
 * nearest to 横浜市, their wards and prefectures. The eight cities are in every share.
 * @param share of the bodies, up to 1
 */
export function country(seed: number, share: number): Country {
  const municipalities = rowsOf('municipalities.csv').filter((it) => it['valid_to'] === '');
  const places = municipalities.map((it) => placeOf(seed, it, municipalities));
  const all = places.filter((it) => it.kind !== 'ward');
  const yokohama = all.find((it) => it.name === eightCities[0])!;
  const nearest = all.toSorted((a, b) => distance(a, yokohama) - distance(b, yokohama));
  const most = Math.max(24, Math.round(all.length * Math.min(1, share)));
  const named = nearest.filter((it) => (eightCities as readonly string[]).includes(it.name));
  const chosen = new Set([...named, ...nearest].slice(0, most + named.length));
  const ids = new Set([...chosen].map((it) => it.id));
  const prefectures = new Set([...chosen].map((it) => it.prefecture));
  return new Country([
    ...rowsOf('prefectures.csv')
      .filter((it) => prefectures.has(it['name']!))
      .map((it) => prefectureOf(seed, it, all)),
    ...places.filter((it) => ids.has(it.id) || (it.partOf !== undefined && ids.has(it.partOf))),
  ]);
}

type Row = Readonly<Record<string, string>>;

function placeOf(seed: number, row: Row, all: readonly Row[]): Place {
  const { lgcode6 = '', kind = '', pref = '', name = '', ward = '', kana = '' } = row;
  const whole = all.find((it) => it['lgcode6'] === row['parent_lgcode6']);
  const at = row['lat'] === '' ? whole : row;
  const number = row['corporate_number_computed'];
  return {
    id: idOfCode(seed, lgcode6),
    kind: kind === '行政区' ? 'ward' : kind === '特別区' ? 'specialWard' : 'municipality',
    code: lgcode6,
    name: name + ward,
    kana,
    prefecture: pref,
    ...(number ? { corporateNumber: number } : {}),
    ...(whole === undefined ? {} : { partOf: idOfCode(seed, whole['lgcode6']!) }),
    status: kind === '政令指定都市' ? '市' : kind,
    latitude: Number(at?.['lat']),
    longitude: Number(at?.['lng']),
  };
}

function prefectureOf(seed: number, row: Row, bodies: readonly Place[]): Place {
  const { lgcode6 = '', name = '', kana = '', corporate_number_computed: number } = row;
  const within = bodies.filter((it) => it.prefecture === name);
  const middle = (of: (it: Place) => number) =>
    within.reduce((sum, it) => sum + of(it), 0) / within.length;
  return {
    id: idOfCode(seed, lgcode6),
    kind: 'prefecture',
    code: lgcode6,
    name,
    kana,
    prefecture: name,
    ...(number ? { corporateNumber: number } : {}),
    status: '都道府県',
    latitude: middle((it) => it.latitude),
    longitude: middle((it) => it.longitude),
  };
}

function idOfCode(seed: number, code: string): string {
  return new Random(seed, 1, Number(code)).uuid();
}

/** Kilometres, on a plane that touches the globe between the two. */
function distance(a: Place, b: Place): number {
  const east = (a.longitude - b.longitude) * Math.cos(((a.latitude + b.latitude) * Math.PI) / 360);
  return 111.2 * Math.hypot(a.latitude - b.latitude, east);
}

/** The lists quote fields of one line, and no quotes within them. */
function rowsOf(file: string): readonly Row[] {
  const text = readFileSync(join(sourcesFolder(), 'reference', file), 'utf8');
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const fields = line.match(/("[^"]*"|[^,]*)(,|$)/g)!.map((it) => it.replace(/^"|"?,?$/g, ''));
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']));
  });
}
