import { listDigest } from '../../facilities/import/list-digest.js';
import type { StoredList, StoredRow } from '../../facilities/import/stored-list.js';

export type ListState =
  'waiting' | 'applying' | 'applied' | 'approving' | 'approved' | 'rejecting' | 'rejected';

/** How far a list has come. */
export interface ListProgress extends Omit<StoredList, 'sentBy' | 'attempt'> {
  readonly state: ListState;
  /** Rows that are through, of those that the report does not refuse. */
  readonly done: number;
  readonly of: number;
  readonly rows: Readonly<Record<StoredRow['state'], number>>;
  readonly entries: number;
  readonly judged: number;
  /** Over all entries, once every row is through: what an approval of the whole names. */
  readonly digest: string | null;
}

const open: ReadonlySet<StoredRow['state']> = new Set(['waiting', 'sending']);

export function progressOf(list: StoredList, rows: readonly StoredRow[]): ListProgress {
  const { sentBy: _, attempt: __, ...shown } = list;
  const counts = { ...none };
  for (const { state } of rows) counts[state] += 1;
  const taken = rows.filter((it) => it.state !== 'refused');
  const done = taken.filter((it) => !open.has(it.state)).length;
  const entered = rows.filter((it) => it.state === 'entered');
  const judged = entered.filter((it) => it.judged !== null).length;
  const through = done === taken.length;
  return {
    ...shown,
    state: stateOf(list, rows, { through, allJudged: judged === entered.length }),
    done,
    of: taken.length,
    rows: counts,
    entries: entered.length,
    judged,
    digest: through ? listDigest(entered.map((it) => it.digest ?? '')) : null,
  };
}

const none: Readonly<Record<StoredRow['state'], number>> = {
  waiting: 0,
  sending: 0,
  entered: 0,
  unchanged: 0,
  older: 0,
  refused: 0,
  failed: 0,
};

function stateOf(
  { judgement }: StoredList,
  rows: readonly StoredRow[],
  { through, allJudged }: { readonly through: boolean; readonly allJudged: boolean },
): ListState {
  if (judgement === 'approved') return allJudged ? 'approved' : 'approving';
  if (judgement === 'rejected') return allJudged ? 'rejected' : 'rejecting';
  if (through) return 'applied';
  return rows.some((it) => it.state !== 'waiting' && it.state !== 'refused')
    ? 'applying'
    : 'waiting';
}
