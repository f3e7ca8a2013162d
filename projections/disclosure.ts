import { contentOf } from '../src/entries/domain/content.js';
import type { Numbered } from '../src/entries/domain/event.js';
import type { PartRow } from '../src/entries/domain/part-rows.js';
import { standing } from '../src/entries/domain/standing.js';
import { rowOfAllDays } from './row-of-all-days.js';

/** 公開区分 of an agreement; 非公開 until decided. */
export interface Disclosure {
  readonly disclosed: boolean;
  /** Field names withheld although the agreement is disclosed. */
  readonly withheld: readonly string[];
  readonly by: string | null;
}

export const undecided: Disclosure = { disclosed: false, withheld: [], by: null };

interface Decision {
  readonly disclosed: boolean;
  readonly withheld?: readonly string[];
}

/** The newest decision that stands and is approved. It is read at the head: who may see is decided when he asks. */
export function disclosureRows(events: readonly Numbered[]): readonly PartRow[] {
  const { events: stand } = standing(events, 'approved');
  const decided = stand.findLast(({ event }) => event.type === 'DisclosureDecided');
  if (decided === undefined) return [rowOfAllDays('disclosure', undecided)];
  const { disclosed, withheld } = contentOf(decided.event, stand).data as Decision;
  const decision: Disclosure = { disclosed, withheld: withheld ?? [], by: decided.event.id };
  return [rowOfAllDays('disclosure', decision)];
}
