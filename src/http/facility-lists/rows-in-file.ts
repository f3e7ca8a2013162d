import type { ListStore } from '../../facilities/import/list-store.js';
import { checkList } from '../../facilities/list/check-list.js';
import { readPoiKinds } from '../../facilities/poi-kinds.js';
import type { RowToPlan } from './plan-row.js';
import { goodRows } from './send-list.js';

/** The rows of a list that was kept, read again from its bytes; without those that are refused. */
export async function rowsInFile(lists: ListStore, id: string): Promise<readonly RowToPlan[]> {
  const { owner } = await lists.reportOf(id);
  const report = checkList(await lists.bytesOf(id), {
    owner: /^\d{6}$/.test(owner) ? { code: owner } : { name: owner },
    stated: [],
    poi: readPoiKinds(),
  });
  return goodRows(report);
}
