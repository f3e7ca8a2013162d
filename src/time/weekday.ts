import type { CivilDate } from './civil-date.js';

const weekdays = '日月火水木金土';

/** 火 for a Tuesday. 1970-01-01 was a Thursday. */
export function weekdayOf(date: CivilDate): string {
  return weekdays.charAt((((date + 4) % 7) + 7) % 7);
}
