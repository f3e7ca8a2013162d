import type { PartialDate } from '../src/time/partial-date.js';
import { isoText, warekiText } from '../src/time/write-date.js';

/** A date as it is kept, and as people read it. */
export type DateShown = PartialDate & { readonly iso: string; readonly wareki: string };

export function shown(date: PartialDate): DateShown {
  const found = made.get(date);
  if (found !== undefined) return found;
  const it = { ...date, iso: isoText(date), wareki: warekiText(date) };
  made.set(date, it);
  return it;
}

/** One act's date is shown in many places of an answer. */
const made = new WeakMap<PartialDate, DateShown>();
