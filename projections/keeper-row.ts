import type { Numbered } from '../src/entries/domain/event.js';
import type { PartRow } from '../src/entries/domain/part-rows.js';
import { memoryOf } from '../src/entries/domain/stream-memory.js';
import { rowOfAllDays } from './row-of-all-days.js';

/** 所管団体: named in the first event of a stream, pending or not. */
export interface Kept {
  readonly keeper: string;
}

export function keeperOf(events: readonly Numbered[]): string | undefined {
  return (events[0]?.event.data as { readonly keeper?: string } | undefined)?.keeper;
}

export function keeperRows(events: readonly Numbered[]): readonly PartRow[] {
  const keeper = keeperOf(events);
  if (keeper === undefined) return [];
  return memoryOf(events, 'keeper rows', () => [rowOfAllDays('keeper', { keeper } satisfies Kept)]);
}

/** What an agreement replaces is a claim where another body keeps it: whoever reads must know who says so. */
export function withKeeper(row: PartRow, keeper: string | undefined): PartRow {
  if (!row.part.startsWith('supersedes:')) return row;
  const contents = row.contents.map(({ content, worlds }) => ({
    content: { ...(content as object), keeper },
    worlds,
  }));
  return { ...row, contents };
}
