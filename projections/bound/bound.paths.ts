import { anyHolds, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { agreementShown } from '../agreement-shown.js';
import { shown } from '../date-shown.js';
import type { Incomplete } from '../incomplete.js';
import { recordsOf, seen } from '../mutual-use/mutual-use.rows.js';
import { signedOf } from '../mutual-use/signing-and-start.js';
import { PartyNames } from '../party-names.js';
import type { Reader } from '../reader.js';
import { byStream, type RecordRows } from '../record-row.js';
import type { Finding } from '../../src/entries/domain/finding.js';
import type { Stamp } from '../stamp.js';
import type { BoundAnswer, Path } from './bound.answer.js';
import { CouncilRecord } from './council-record.js';
import { nothingRecorded } from './coverage.js';
import { directPath } from './direct-path.js';
import type { Asked, Found } from './found-path.js';
import { membershipPaths } from './membership-paths.js';
import { missingOf } from './missing.js';

/** The answer from the rows of the day: any path that says yes, else any that is open, else no. */
export function boundAnswer(
  asked: Asked,
  rows: RecordRows,
  incomplete: Incomplete,
): Omit<BoundAnswer, keyof Stamp> {
  const { from, to, field, reader } = asked;
  const found = pathsIn(asked, rows).map((it) => ({
    ...it,
    finding: incomplete.weaken(it.finding, ...it.streams),
  }));
  const visible = found.filter(({ agreement }) => seen(agreement, reader));
  const whole = decided(found, asked, rows, incomplete);
  const public_ = decided(visible, asked, rows, incomplete);
  const finding =
    whole.answer === public_.answer
      ? public_
      : leftOpen({ ...public_, reasons: [] }, { code: 'undisclosed', events: [] });
  const names = new PartyNames(rows.parties);
  return {
    from: names.shown(from),
    to: names.shown(to),
    field,
    answer: finding.answer,
    reasons: finding.reasons,
    presumed: finding.presumed,
    pending: [...new Set(visible.flatMap((it) => it.pending))],
    paths: visible.map((it) => pathShown(it, names, reader)),
    missing:
      finding.answer === 'undetermined'
        ? visible.flatMap((it) => missingOf(it.finding, ...it.acts))
        : [],
  };
}

function pathsIn(asked: Asked, rows: RecordRows): readonly Found[] {
  const councils = new Map(
    [...byStream(rows.parties)].map(([id, mine]) => [id, new CouncilRecord(id, mine)]),
  );
  return recordsOf(rows.agreements).flatMap((agreement) => {
    const both = agreement.bonded.includes(asked.from) && agreement.bonded.includes(asked.to);
    const direct = both ? [directPath(agreement, asked)] : [];
    return [...direct, ...membershipPaths(agreement, councils, asked)];
  });
}

function decided(
  paths: readonly Found[],
  { from, to, field }: Asked,
  rows: RecordRows,
  incomplete: Incomplete,
): Finding {
  const found = anyHolds(paths.map((it) => it.finding));
  if (found !== undefined) return found;
  const coverages = rows.parties.filter(
    (it) => it.part === `coverage:${field}` && (it.stream === from || it.stream === to),
  );
  return incomplete.weaken(nothingRecorded(coverages), from, to);
}

function pathShown(
  { kind, agreement, through, finding, acts, pending }: Found,
  names: PartyNames,
  reader: Reader,
): Path {
  const events = [...new Set(finding.reasons.flatMap((it) => it.events))];
  return {
    kind,
    agreement: agreementShown(agreement, reader),
    ...(through === undefined ? {} : { through: names.shown(through) }),
    answer: finding.answer,
    reasons: finding.reasons,
    presumed: finding.presumed,
    unknowns: finding.unknowns,
    pending,
    signed: signedOf(agreement),
    dates: events.flatMap((event) => {
      const act = acts.map((it) => it.act(event)).find((it) => it !== undefined);
      if (act === undefined) return [];
      const { type, acted, effective } = act;
      return [
        {
          event,
          type,
          acted: acted === undefined ? null : shown(acted),
          effective: effective === undefined ? null : shown(effective),
        },
      ];
    }),
  };
}
