import { agreementShown } from '../agreement-shown.js';
import { recordsOf, seen } from '../mutual-use/mutual-use.rows.js';
import type { Incomplete } from '../incomplete.js';
import type { Reader } from '../reader.js';
import type { RecordRow } from '../record-row.js';
import type { CountBeside } from './facility.answer.js';
import type { FacilityRecord } from './facility-record.js';

/**
 * 利用可能な施設数 that agreements state of a body, each beside the register's own list of the kind. What
 * an undisclosed agreement states is told to those alone who may see it; no count changes another.
 * @param own every facility of the body on the day
 * @param kindsOf the POI codes and remarks that a field names
 */
export function countsBeside(
  owner: string,
  rows: readonly RecordRow[],
  own: readonly FacilityRecord[],
  kindsOf: (field: string) => readonly string[],
  incomplete: Incomplete,
  reader: Reader,
): readonly CountBeside[] {
  const counted = (field: string | undefined) => {
    const mine = field === undefined ? own : own.filter((it) => it.isOf(kindsOf(field)));
    const answers = mine.map((it) => it.open(incomplete).answer);
    return {
      certain: answers.filter((it) => it === 'yes').length,
      possible: answers.filter((it) => it !== 'no').length,
    };
  };
  return recordsOf(rows)
    .filter((it) => seen(it, reader))
    .flatMap((agreement) =>
      agreement.counts(owner).map(({ by, count, field }): CountBeside => {
        const { certain, possible } = counted(field);
        const source = agreement.act(by)?.source;
        const none = own.length === 0;
        return {
          event: by,
          agreement: agreementShown(agreement, reader),
          field: field ?? null,
          stated: count,
          listed: none ? null : certain,
          listedPossible: none ? null : possible,
          difference: none ? null : certain - count,
          ...(source === undefined ? {} : { source }),
        };
      }),
    );
}
