import { finding, verdict, verdicts, type Finding } from '../../src/entries/domain/finding.js';
import type { ProposalState } from '../../src/proposals/domain/proposal-parts.js';
import type { Counted } from '../../src/proposals/domain/told.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import { agreementShown } from '../agreement-shown.js';
import { shown } from '../date-shown.js';
import type { Incomplete } from '../incomplete.js';
import type { Records } from '../measures/records.statement.js';
import type { PartyNames } from '../party-names.js';
import type { Reader } from '../reader.js';
import type { RecordRow } from '../record-row.js';
import { toldShown } from '../told-finding.js';
import type { CountRow, ProposalRow } from './proposals.answer.js';

export function statesOf({ contents }: RecordRow): readonly ProposalState[] {
  return (contents as Possible<ProposalState | TooMany>).flatMap(({ content }) =>
    isTooMany(content) ? [] : [content],
  );
}

/** A proposal; where the day is open, what it came to in the furthest of its possibilities. */
export function proposalRow(
  row: RecordRow,
  records: Records,
  names: PartyNames,
  reader: Reader,
  incomplete: Incomplete,
): ProposalRow {
  const states = statesOf(row);
  const furthest = states.toSorted((a, b) => b.by.length - a.by.length)[0];
  const { receiver, agreement } = furthest ?? {};
  const visible = agreement !== undefined && records.visible(agreement);
  return {
    ...incomplete.weaken(received(row), row.stream),
    id: row.stream,
    n: Number(row.part.slice(-12)),
    states: [...new Set(states.map((it) => it.state))],
    title: furthest?.title ?? null,
    receiver: receiver === undefined ? null : names.shown(receiver),
    proposers: (furthest?.proposers ?? []).map((it) => names.shown(it)),
    unnamed: furthest?.unnamed ?? [],
    channel: furthest?.channel ?? null,
    stage: furthest?.stage ?? null,
    outcome: furthest?.outcome ?? null,
    agreement: visible ? agreementShown(records.record(agreement), reader) : null,
    pending: row.pending,
  };
}

/** The row for whoever may not see the withheld fields. */
export function withoutWithheld(row: ProposalRow, withheld: readonly string[]): ProposalRow {
  const bare = {
    title: null,
    receiver: null,
    proposers: [],
    unnamed: [],
    channel: null,
    stage: null,
    outcome: null,
    agreement: null,
  };
  const gone = Object.entries(bare).filter(([field]) => withheld.includes(field));
  return { ...row, ...Object.fromEntries(gone) };
}

export function countRow(row: RecordRow, names: PartyNames, incomplete: Incomplete): CountRow {
  const { said, ...told } = toldShown<Counted>(row, incomplete);
  const [first, ...others] = said;
  return {
    ...told,
    id: row.stream,
    receiver: first === undefined ? null : names.shown(first.receiver),
    channel: first?.channel ?? null,
    stage: first?.stage ?? null,
    count: first?.count ?? null,
    period: first === undefined ? null : shown(first.period),
    ...(others.length === 0 ? {} : { otherwise: others }),
  };
}

function received({ contents, pending }: RecordRow): Finding {
  if (contents.length === 0) {
    return finding([{ content: verdict('undetermined', 'pending', pending), worlds: [{}] }]);
  }
  return finding(
    verdicts(contents as Possible<ProposalState | TooMany>, ({ state, by, presumed }) =>
      state === 'notReceived'
        ? verdict('no', 'not-begun', by)
        : { ...verdict('yes', 'begun', by), presumed },
    ),
  );
}
