import type { PartyName } from '../../src/parties/domain/party-parts.js';
import { PartyNames } from '../party-names.js';
import type { RecordRow } from '../record-row.js';
import type { PartyListed } from './party.answer.js';

/** A party by its `name` row of the day. `names`: of the day, for its whole. */
export function partyListed(
  row: RecordRow,
  names: ReadonlyMap<string, RecordRow> = new Map(),
): PartyListed {
  const whole = (row.contents[0]?.content as PartyName | undefined)?.partOf;
  const content = row.contents[0]?.content as PartyName | undefined;
  return {
    ...PartyNames.of([row]).shown(row.stream),
    kana: content?.kana ?? null,
    kind: content?.kind ?? null,
    corporateNumber: content?.corporateNumber ?? null,
    prefecture: content?.prefecture ?? null,
    ...(whole === undefined ? {} : { whole: PartyNames.of([...names.values()]).shown(whole) }),
    pending: row.pending,
  };
}
