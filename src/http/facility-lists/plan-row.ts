import { attributesOf, type RowTaken } from '../../facilities/import/attributes-of-row.js';
import { compareRow } from '../../facilities/import/compare-row.js';
import {
  bytesOf,
  type ListSource,
  MOST_BYTES_OF_ROW,
  type RowAct,
  rowAct,
} from '../../facilities/import/row-act.js';
import type { Problem } from '../../facilities/import/stored-list.js';
import type { FacilityRecord } from '../../facilities/list/record.js';
import { isoDay } from '../../time/civil-date.js';
import type { OwnedFacilities } from './known-facilities.js';

/** What a row becomes, by what is on record now. */
export type RowPlan =
  | { readonly kind: 'register'; readonly act: RowAct }
  | { readonly kind: 'change'; readonly facility: string; readonly act: RowAct }
  | { readonly kind: 'none'; readonly facility: string }
  | { readonly kind: 'older'; readonly facility: string; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly problem: Problem };

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
  switch (found.kind) {
    case 'none':
      return { kind: 'none', facility };
    case 'older': {
      const text = `${isoDay(found.newest)} の一覧がすでに別の内容で登録されています。`;
      return { kind: 'older', facility, problem: { code: 'facility-list/older', text } };
    }
    case 'change': {
      const { stated: changed, effective } = found;
      const act = rowAct('FacilityChanged', source, line, changed, cells, effective);
      return fitting({ kind: 'change', facility, act });
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
