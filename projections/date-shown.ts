import type { PartialDate } from '../src/time/partial-date.js';
import { isoText, warekiText } from '../src/time/write-date.js';

/** A date as it is kept, and as people read it. */
export type DateShown = PartialDate & { readonly iso: string; readonly wareki: string };

export function shown(date: PartialDate): DateShown {
  return { ...date, iso: isoText(date), wareki: warekiText(date) };
}
