import { ANY, certain, type Possible } from '../../src/time/possibility.js';
import { ownBytes } from '../kept/own-bytes.js';
import type { SpanRow } from '../obligations/span.js';

/**
 * Rows of one agreement as they are kept by the ten thousand: less than they take as objects, and
 * nothing that the collector has to look through. What several rows say alike stands there once.
 */
interface Packed {
  /** Contents that leave nothing open. */
  readonly plain: readonly unknown[];
  /** All others, with their worlds. */
  readonly open: readonly Possible<unknown>[];
  readonly rows: readonly PackedRow[];
}

/** Of contents the place among the plain ones, or, from −1 downwards, among the open ones. */
type PackedRow = readonly [
  part: string,
  contents: number,
  from: number | null,
  to: number | null,
  pending?: readonly string[],
];

/** @param rows whose equal contents are the same objects */
export function packed(rows: readonly SpanRow[]): Buffer {
  const plain: unknown[] = [];
  const open: Possible<unknown>[] = [];
  const places = new Map<Possible<unknown>, number>();
  const placeOf = (contents: Possible<unknown>): number => {
    const known = places.get(contents);
    if (known !== undefined) return known;
    const [only] = contents;
    const isPlain = contents.length === 1 && only?.worlds === ANY;
    const place = isPlain ? plain.push(only.content) - 1 : -open.push(contents);
    places.set(contents, place);
    return place;
  };
  const all = rows.map(({ part, contents, from, to, pending }): PackedRow => {
    const [first, last] = [dayOrNull(from), dayOrNull(to)];
    const place = placeOf(contents);
    return pending.length === 0 ? [part, place, first, last] : [part, place, first, last, pending];
  });
  return ownBytes(JSON.stringify({ plain, open, rows: all } satisfies Packed));
}

/** The rows again, of the agreement with this id. */
export function unpacked(stream: string, bytes: Buffer): readonly SpanRow[] {
  const { plain, open, rows } = JSON.parse(bytes.toString()) as Packed;
  const contents = plain.map((it) => certain(it));
  return rows.map(([part, place, from, to, pending = NONE]) => ({
    stream,
    part,
    contents: place < 0 ? open[-place - 1]! : contents[place]!,
    pending,
    holds: true,
    from: from ?? -Infinity,
    to: to ?? Infinity,
  }));
}

const NONE: readonly string[] = [];

/** JSON knows no infinity. */
function dayOrNull(day: number): number | null {
  return Number.isFinite(day) ? day : null;
}
