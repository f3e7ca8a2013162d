import { refuse } from '../src/entries/domain/refusal.js';
import { isInstant } from '../src/event-sourcing/instant.js';
import { type CivilDate, isoDay } from '../src/time/civil-date.js';
import { certainDay } from '../src/time/day-range.js';
import { readDate } from '../src/time/read-date.js';

/** What the register knew: as of a number, of an instant, of the end of a day, or of now. */
export type Known =
  | { readonly kind: 'now' }
  | { readonly kind: 'number'; readonly n: number }
  /** ISO 8601 in UTC with milliseconds. */
  | { readonly kind: 'instant'; readonly at: string }
  | { readonly kind: 'day'; readonly day: CivilDate };

/** The number that an answer rests on. */
export interface KnownAt {
  readonly n: number;
  readonly at: string;
  /** Whether asking for the same time again gives the same n for certain. */
  readonly settled: boolean;
}

export const now: Known = { kind: 'now' };

const expected =
  '登録番号（例: 123）、時刻（例: 2026-04-01T00:00:00Z）、日（例: 令和8年4月1日）、now のいずれか';

/** Reads `known` as it stands in a URL. @throws Refusal `known/unreadable` */
export function readKnown(text: string | undefined): Known {
  if (text === undefined || text.trim() === '' || text.trim() === 'now') return now;
  const plain = text.trim();
  if (/^\d{1,15}$/.test(plain)) return { kind: 'number', n: Number(plain) };
  const at = instantOf(plain);
  if (at !== undefined) return { kind: 'instant', at };
  const read = readDate(plain);
  const day = read.ok ? certainDay(read.date) : undefined;
  if (day !== undefined) return { kind: 'day', day };
  return refuse('malformed', 'known/unreadable', 'known を読み取れません。', {
    field: 'known',
    code: 'known/unreadable',
    read: plain.slice(0, 80),
    expected,
  });
}

/** The last millisecond of a day in Asia/Tokyo, which is nine hours ahead and knows no summer time. */
export function endOfDay(day: CivilDate): string {
  return new Date((day + 1) * 86_400_000 - 9 * 3_600_000 - 1).toISOString();
}

export function dayInTokyo(millis: number): CivilDate {
  return Math.floor((millis + 9 * 3_600_000) / 86_400_000) as CivilDate;
}

/** How it was asked, for messages. */
export function knownText(known: Known): string {
  switch (known.kind) {
    case 'now':
      return 'now';
    case 'number':
      return String(known.n);
    case 'instant':
      return known.at;
    case 'day':
      return isoDay(known.day);
  }
}

function instantOf(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    return undefined;
  }
  const time = Date.parse(text);
  const written = Number.isNaN(time) ? '' : new Date(time).toISOString();
  return isInstant(written) ? written : undefined;
}
