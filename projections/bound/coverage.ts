import { verdict, verdicts, finding, type Finding } from '../../src/entries/domain/finding.js';
import type { Covered } from '../../src/parties/domain/party-parts.js';
import type { Possible } from '../../src/time/possibility.js';
import type { RecordRow } from '../record-row.js';

/**
 * Nothing is on record: a no only where one of the two states on that day that its list of the field
 * is whole (domain § 2 "Coverage").
 */
export function nothingRecorded(coverages: readonly RecordRow[]): Finding {
  const said = coverages.map(({ contents }) =>
    finding(
      verdicts(contents as Possible<Covered>, ({ by }) =>
        by.length > 0
          ? verdict('no', 'not-under-coverage', by)
          : verdict('undetermined', 'nothing-recorded'),
      ),
    ),
  );
  return (
    said.find((it) => it.answer === 'no') ??
    finding([{ content: verdict('undetermined', 'nothing-recorded'), worlds: [{}] }])
  );
}
