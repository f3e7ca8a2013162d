import type { Finding } from '../../src/entries/domain/finding.js';
import type { Answer } from '../../src/time/three-valued.js';
import { agreementShown } from '../agreement-shown.js';
import { recordsOf, seen } from '../mutual-use/mutual-use.rows.js';
import type { Incomplete } from '../incomplete.js';
import type { Presume } from '../presume.js';
import type { Reader } from '../reader.js';
import type { RecordRow } from '../record-row.js';
import type { CountBeside } from './facility.answer.js';
import type { FacilityRecord } from './facility-record.js';

/**
 * 利用可能な施設数 that agreements state of a body, each beside the register's own list of the kind. What
 * an undisclosed agreement states is told to those alone who may see it; no count changes another.
 * Where nothing is presumed the list is counted by what the stored rows presume, so that no stream is
 * folded again: the count is sound, and may hold more possible than the facilities one by one.
 * @param own every facility of the body on the day
 * @param kindsOf the POI codes and remarks that a field names
 */
export function countsBeside(
  owner: string,
  rows: readonly RecordRow[],
  own: readonly FacilityRecord[],
  kindsOf: (field: string) => readonly string[],
  {
    incomplete,
    presume,
    reader,
  }: { readonly incomplete: Incomplete; readonly presume: Presume; readonly reader: Reader },
): readonly CountBeside[] {
  const counted = (field: string | undefined) => {
    const mine = field === undefined ? own : own.filter((it) => it.isOf(kindsOf(field)));
    const answers = mine.map((it) => answerOf(it.open(incomplete), presume));
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

/** A day before the opening is open too: whether the opening's own day is presumed, the row does not tell. */
function answerOf({ answer, presumed, reasons }: Finding, presume: Presume): Answer {
  if (presume === 'all') return answer;
  const leans = presumed.length > 0 || reasons.some(({ code }) => code === 'not-begun');
  return leans ? 'undetermined' : answer;
}
