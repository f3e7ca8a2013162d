import { quoted, refuse } from '../../entries/domain/refusal.js';
import type { CivilDate } from '../../time/civil-date.js';
import { certainDay } from '../../time/day-range.js';
import { readDate } from '../../time/read-date.js';

/** The one day that a question is about, in any form that people type. @throws Refusal on/… */
export function dayAsked(text: string): CivilDate {
  const read = readDate(text);
  if (!read.ok) return refuseDay(text, read.code, read.expected);
  const day = certainDay(read.date);
  return day ?? refuseDay(text, 'on/not-a-day', '一つの日(例: 平成29年3月1日、2017-03-01)');
}

function refuseDay(text: string, code: string, expected: string): never {
  const fault = { field: 'on', code, read: quoted(text), expected };
  return refuse('malformed', code, 'on を一つの日として読めません。', fault);
}
