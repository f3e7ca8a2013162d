import { quoted, refuse } from '../../entries/domain/refusal.js';
import { type CivilDate, ymdOf } from '../../time/civil-date.js';

const MOST = 100;

/** Years asked for, first and last included: as said, or the ten that end with the day's. @throws Refusal years/… */
export function yearsAsked(
  from: string | undefined,
  to: string | undefined,
  on: CivilDate,
): { readonly from: number; readonly to: number } {
  const last = to === undefined ? ymdOf(on).year : yearOf(to, 'to');
  const first = from === undefined ? Math.max(1, last - 9) : yearOf(from, 'from');
  if (first <= last && last - first < MOST) return { from: first, to: last };
  const expected = `to 以前で、to までの${MOST}年以内の年`;
  return refuse('malformed', 'years/order', '年の範囲に誤りがあります。', {
    field: 'from',
    code: 'years/order',
    read: `${first}〜${last}`,
    expected,
  });
}

function yearOf(text: string, field: string): number {
  if (/^[1-9]\d{3}$/.test(text)) return Number(text);
  return refuse('malformed', 'years/unreadable', `${field} を年として読めません。`, {
    field,
    code: 'years/unreadable',
    read: quoted(text),
    expected: '西暦4桁の年(例: 2017)',
  });
}
