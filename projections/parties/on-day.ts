import {
  finding,
  verdict,
  verdicts,
  type Finding,
  type Verdict,
} from '../../src/entries/domain/finding.js';
import type { Presumption } from '../../src/entries/domain/presumption.js';
import type { Answer } from '../../src/time/three-valued.js';
import type { Possible } from '../../src/time/possibility.js';
import type { RecordRow } from '../record-row.js';

export interface FindingShown {
  readonly answer: Answer;
  readonly reasons: Finding['reasons'];
  readonly presumed: Finding['presumed'];
  readonly pending: readonly string[];
}

interface Presumed {
  readonly presumed?: readonly Presumption[];
}

/** Whether something is so on the day, by its row of the day; where nothing approved speaks it is open. */
export function onDay<C>(row: RecordRow | undefined, holds: (content: C) => boolean): Finding {
  const contents = (row?.contents ?? []) as Possible<C>;
  if (contents.length === 0) {
    const waits = row !== undefined && row.pending.length > 0;
    return finding([
      {
        content: verdict('undetermined', waits ? 'pending' : 'nothing-recorded'),
        worlds: [{}],
      },
    ]);
  }
  return finding(
    verdicts(contents, (content): Verdict => {
      const { presumed = [] } = content as Presumed;
      return { answer: holds(content) ? 'yes' : 'no', reasons: [], presumed };
    }),
  );
}

export function findingShown(
  { answer, reasons, presumed }: Finding,
  pending: readonly string[],
): FindingShown {
  return { answer, reasons, presumed, pending };
}
