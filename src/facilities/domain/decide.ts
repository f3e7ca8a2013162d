import { refuse } from '../../entries/domain/refusal.js';
import type { Timeline } from '../../entries/domain/timeline.js';
import { faultOfCode } from '../../parties/domain/local-government-code.js';
import type { FacilityEvent } from './acts.js';
import { statedIn } from './attributes.js';

/** Whether an act may be entered on a facility's stream. What is merely odd is a warning. */
export function decideFacilityAct(
  facility: Timeline<FacilityEvent>,
  act: FacilityEvent,
  field: string,
): void {
  switch (act.type) {
    case 'FacilityRegistered':
      return refuseImpossible(act.data, field);
    case 'FacilityChanged':
      if (Object.keys(statedIn(act.data)).length === 0) {
        const code = 'facility/nothing-changed';
        refuse('malformed', code, '変更された項目がありません。', {
          field: `${field}.data`,
          code,
          read: '',
          expected: '変更後の値を持つ項目を一つ以上',
        });
      }
      return refuseImpossible(act.data, field);
    case 'FacilityClosed':
      return closeOnce(facility, field);
  }
}

type Described = Extract<FacilityEvent, { type: 'FacilityChanged' }>['data'];

function refuseImpossible({ code, latitude, longitude }: Described, field: string): void {
  if (code !== undefined && faultOfCode(code) !== undefined) {
    const expected = '検査数字の合う6桁の全国地方公共団体コード';
    refuse('malformed', 'facility/code', '団体コードが正しくありません。', {
      field: `${field}.data.code`,
      code: 'facility/code',
      read: code,
      expected,
    });
  }
  refuseBeyond('latitude', latitude, 90, field);
  refuseBeyond('longitude', longitude, 180, field);
}

function refuseBeyond(
  name: 'latitude' | 'longitude',
  degrees: number | undefined,
  most: number,
  field: string,
): void {
  if (degrees === undefined || Math.abs(degrees) <= most) return;
  refuse('malformed', 'facility/coordinates', '地球上の位置ではありません。', {
    field: `${field}.data.${name}`,
    code: 'facility/coordinates',
    read: String(degrees),
    expected: `-${most}から${most}までの度`,
  });
}

/** Nothing reopens what is closed: a facility that opens again is registered anew. */
function closeOnce(facility: Timeline<FacilityEvent>, field: string): void {
  const closed = facility.standing('FacilityClosed');
  if (closed === undefined) return;
  const code = 'facility/already-closed';
  refuse('conflict', code, 'この施設はすでに閉鎖されています。', {
    field: `${field}.type`,
    code,
    read: 'FacilityClosed',
    expected: `閉鎖の記録(${closed.id})の訂正または取消`,
  });
}
