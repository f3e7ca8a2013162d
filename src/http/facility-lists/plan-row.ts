import { pendingEntries } from '../../entries/domain/part-rows.js';
import { attributesOf, type RowTaken } from '../../facilities/import/attributes-of-row.js';
import { compareRow, standsOnRecord } from '../../facilities/import/compare-row.js';
import {
  bytesOf,
  type ListSource,
  MOST_BYTES_OF_ROW,
  type RowAct,
  rowAct,
} from '../../facilities/import/row-act.js';
import type { Problem } from '../../facilities/import/stored-list.js';
import type { Stated } from '../../facilities/domain/attributes.js';
import type { FacilityRecord } from '../../facilities/list/record.js';
import { isoDay } from '../../time/civil-date.js';
import type { OwnedFacilities } from './known-facilities.js';

/** What a row becomes, by what is on record now. */
export type RowPlan =
  | { readonly kind: 'register'; readonly act: RowAct }
  | {
      readonly kind: 'change';
      readonly facility: string;
      readonly act: RowAct;
      readonly problem: Problem | null;
    }
  | { readonly kind: 'none'; readonly facility: string; readonly problem: Problem | null }
  | { readonly kind: 'older'; readonly facility: string; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly problem: Problem };

export const RESTS_ON_PENDING = 'facility-list/rests-on-pending';

const restsOnPending: Problem = {
  code: RESTS_ON_PENDING,
  text: '承認を待つ別の登録票と比べました。その登録票が承認されるまで、この一覧は承認できません。',
};

/** A row that was judged good, with its place in the file. */
export interface RowToPlan {
  readonly line: number;
  readonly record: FacilityRecord;
}

export async function planRow(
  { line, record }: RowToPlan,
  source: ListSource,
  known: OwnedFacilities,
  idsInList: ReadonlySet<string>,
): Promise<RowPlan> {
  const { stated, cells }: RowTaken = attributesOf(record);
  const [one, ...others] = await known.meant(stated, idsInList);
  if (others.length > 0) {
    return failed(
      'facility-list/ambiguous',
      '同じ施設と読めるものが、すでに二つ以上登録されています。',
    );
  }
  if (one === undefined) {
    return fitting({
      kind: 'register',
      act: rowAct('FacilityRegistered', source, line, stated, cells),
    });
  }
  const { id: facility, events } = one;
  const found = compareRow(events, stated, source.written);
  const waiting = pendingEntries(events).length > 0;
  const approved = (said: Stated) =>
    !waiting || standsOnRecord(events, said, source.written, 'approved');
  switch (found.kind) {
    case 'none':
      return { kind: 'none', facility, problem: approved(stated) ? null : restsOnPending };
    case 'older': {
      if (!approved(stated)) return { kind: 'older', facility, problem: restsOnPending };
      const text = `${isoDay(found.newest)} の一覧がすでに別の内容で登録されています。`;
      return { kind: 'older', facility, problem: { code: 'facility-list/older', text } };
    }
    case 'change': {
      const { stated: changed, effective } = found;
      const act = rowAct('FacilityChanged', source, line, changed, cells, effective);
      const rest = Object.entries(stated).filter(([name]) => changed[name] === undefined);
      const problem = approved(Object.fromEntries(rest)) ? null : restsOnPending;
      return fitting({ kind: 'change', facility, act, problem });
    }
  }
}

function fitting(plan: RowPlan & { readonly act: RowAct }): RowPlan {
  if (bytesOf(plan.act) <= MOST_BYTES_OF_ROW) return plan;
  return failed(
    'facility-list/row-too-large',
    `一行の内容が多すぎます(${MOST_BYTES_OF_ROW}バイトまで)。`,
  );
}

function failed(code: string, text: string): RowPlan {
  return { kind: 'failed', problem: { code, text } };
}
