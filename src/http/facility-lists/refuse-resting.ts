import { refuse } from '../../entries/domain/refusal.js';
import { readWholeStream } from '../../entries/read-stream.js';
import type { StreamNames } from '../../entries/stream-names.js';
import type { EventStore } from '../../event-sourcing/event-store.js';
import { attributesOf } from '../../facilities/import/attributes-of-row.js';
import { standsOnRecord } from '../../facilities/import/compare-row.js';
import type { ListStore } from '../../facilities/import/list-store.js';
import type { StoredList, StoredRow } from '../../facilities/import/stored-list.js';
import { RESTS_ON_PENDING } from './plan-row.js';
import { rowsInFile } from './rows-in-file.js';
import { sourceOf } from './send-list.js';

interface Reading {
  readonly lists: ListStore;
  readonly store: EventStore;
  readonly names: StreamNames;
}

/**
 * An approval of a list says that each row is on record then. Looked at are the rows that were compared
 * with entries that waited: approved they must be, or the row holds by its own entry.
 * @throws Refusal facility-list/rests-on-pending, facility-list/no-longer-holds
 */
export async function refuseResting(
  { lists, store, names }: Reading,
  list: StoredList,
  rows: readonly StoredRow[],
): Promise<void> {
  const resting = rows.filter((it) => it.problem?.code === RESTS_ON_PENDING);
  if (resting.length === 0) return;
  const byLine = new Map((await rowsInFile(lists, list.id)).map((it) => [it.line, it.record]));
  const { written } = sourceOf(list);
  for (const { line, facility, entry } of resting) {
    const record = byLine.get(line);
    if (record === undefined) continue;
    const stream = names.nameOf({ kind: 'facility', id: facility ?? '' });
    const { events } = await readWholeStream(store, stream);
    const { stated } = attributesOf(record);
    const own = new Set(entry === null ? [] : [entry]);
    if (standsOnRecord(events, stated, written, { asIfApproved: own })) continue;
    if (standsOnRecord(events, stated, written, 'entered')) refuseWhilePending(line);
    refuseFallen(line, entry !== null);
  }
}

function refuseWhilePending(line: number): never {
  refuse(
    'conflict',
    RESTS_ON_PENDING,
    `${line}行目は、承認を待つ別の登録票と比べたものです。先にその登録票を承認または却下してください。`,
  );
}

function refuseFallen(line: number, entered: boolean): never {
  const then = entered
    ? 'この一覧を却下してから、もう一度送ってください。'
    : 'この一覧の登録をもう一度行ってください。';
  refuse(
    'conflict',
    'facility-list/no-longer-holds',
    `${line}行目と比べた別の登録票は、いまは登録簿にありません。${then}`,
  );
}
