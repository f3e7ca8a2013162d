import type { Succession } from '../../src/parties/domain/succession.js';
import { isTooMany, type TooMany } from '../../src/time/possibility.js';
import type { PartiesKnown } from '../kept/parties-known.js';
import type { RecordRow } from '../record-row.js';

/** Rows of a day that say who has succeeded these parties, by predecessor. */
export function successorsOfDay(
  parties: PartiesKnown,
  ids: readonly string[],
  day: number,
): ReadonlyMap<string, readonly RecordRow[]> {
  const found = new Map<string, readonly RecordRow[]>();
  for (const id of ids) {
    const part = `succession:${id}`;
    const rows = parties.naming(part).flatMap((it) => parties.on(it, part, day) ?? []);
    if (rows.length > 0) found.set(id, rows);
  }
  return found;
}

/** Whether some row says so in each of its possibilities. */
export function hasCeased(rows: readonly RecordRow[]): boolean {
  return rows.some(
    ({ contents }) =>
      contents.length > 0 &&
      contents.every(({ content }) => {
        const it = content as Succession | TooMany;
        return !isTooMany(it) && it.state === 'succeeded' && it.ceased;
      }),
  );
}

/** Those that have succeeded it on the day, or may have. */
export function successorsAmong(rows: readonly RecordRow[]): readonly string[] {
  return rows
    .filter(({ contents }) =>
      contents.some(({ content }) => {
        const it = content as Succession | TooMany;
        return isTooMany(it) || it.state === 'succeeded';
      }),
    )
    .map(({ stream }) => stream);
}
