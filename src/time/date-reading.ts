import type { PartialDate } from './partial-date.js';

/** What a reader should look at, though the date was accepted. */
export type DateFlag =
  /** The era had ended: 平成32年3月31日. */
  | 'era-overrun'
  /** The era had not begun: 令和元年4月1日. */
  | 'era-before-start'
  /** Before 1873 a paper counts days in another calendar. */
  | 'lunisolar'
  /** The weekday beside the day is another day's. */
  | 'weekday-wrong'
  /** 11月末 without 日, taken for the last day. */
  | 'end-as-last-day'
  /** The paper prints a day that does not exist. */
  | 'impossible-as-printed';

export interface DateRead {
  readonly ok: true;
  readonly date: PartialDate;
  readonly flags: readonly DateFlag[];
}

export interface DateRefused {
  readonly ok: false;
  readonly code:
    'date/empty' | 'date/unreadable' | 'date/impossible' | 'date/approximate' | 'date/clause';
  /** What was read, shortened, fit to be shown. */
  readonly read: string;
  /** What was expected instead, in Japanese. */
  readonly expected: string;
}

export type DateReading = DateRead | DateRefused;

/** Longer input is no date; the limit keeps every pattern cheap. */
export const longestDate = 100;

export function refused(code: DateRefused['code'], text: string, expected: string): DateRefused {
  const shown = text.length > longestDate ? `${text.slice(0, longestDate)}…` : text;
  return { ok: false, code, read: shown.replace(/\p{Surrogate}/gu, '\u{FFFD}'), expected };
}
