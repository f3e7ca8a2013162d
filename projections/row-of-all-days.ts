import type { PartRow } from '../src/entries/domain/part-rows.js';
import { certain } from '../src/time/possibility.js';

/** A row whose content does not depend on the day, only on what is known. */
export function rowOfAllDays(
  part: string,
  content: unknown,
  pending: readonly string[] = [],
): PartRow {
  return { part, from: -Infinity, to: Infinity, contents: certain(content), pending };
}
