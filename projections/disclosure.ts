import { contentOf } from '../src/entries/domain/content.js';
import type { Numbered, RegisterEvent } from '../src/entries/domain/event.js';
import type { PartRow } from '../src/entries/domain/part-rows.js';
import { standing } from '../src/entries/domain/standing.js';
import { memoryOf } from '../src/entries/domain/stream-memory.js';
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
  if (decided === undefined) return undecidedRows;
  const content = contentOf(decided.event, stand);
  const kept = memoryOf(events, 'disclosure', () => new Map<RegisterEvent, readonly PartRow[]>());
  const rows = kept.get(content) ?? rowsOf(content);
  if (content === decided.event) kept.set(content, rows);
  return rows;
}

function rowsOf({ id, data }: RegisterEvent): readonly PartRow[] {
  const { disclosed, withheld } = data as Decision;
  const decision: Disclosure = { disclosed, withheld: withheld ?? [], by: id };
  return [rowOfAllDays('disclosure', decision)];
}

const undecidedRows: readonly PartRow[] = [rowOfAllDays('disclosure', undecided)];
