import { pendingEntries } from '../../src/entries/domain/part-rows.js';
import type { Covered, Membership, PartyName } from '../../src/parties/domain/party-parts.js';
import type { Succession } from '../../src/parties/domain/succession.js';
import type { ActOnRecord } from '../act-rows.js';
import { shown } from '../date-shown.js';
import type { Incomplete } from '../incomplete.js';
import { PartyNames } from '../party-names.js';
import { type RecordRow, subjectOf } from '../record-row.js';
import { eventsShown } from '../register/event-shown.js';
import type { Stamp } from '../stamp.js';
import type { ReadEvent } from '../stream-reads.js';
import { findingShown, onDay } from './on-day.js';
import type { ActShown, PartyDetailAnswer, Period, Relation } from './party-detail.answer.js';
import type { DatedRow, PartyRows } from './party-detail.statement.js';
import { partyListed } from './party-listed.js';
import { saidIn } from './party-said.js';
import { hasCeased } from './successors.js';

export interface PartyRead extends PartyRows {
  readonly revision: number;
  /** Acts of every stream that the rows rest on. */
  readonly acts: readonly RecordRow[];
  /** Name rows of the day of everybody in the rows. */
  readonly today: ReadonlyMap<string, RecordRow>;
  /** By what they are called in the answer. */
  readonly names: ReadonlyMap<string, RecordRow>;
  /** Who has succeeded its parts by the day. */
  readonly successorsOfParts: ReadonlyMap<string, readonly RecordRow[]>;
}

/** Which agreements a successor takes over may be undisclosed: the public sees that it does. */
const withheld = ['agreements'];

/** 一つの団体: everything on record of one party, on a day and through time. */
export function partyDetail(
  id: string,
  read: PartyRead,
  events: readonly ReadEvent[],
  incomplete: Incomplete,
): Omit<PartyDetailAnswer, keyof Stamp> {
  const { own, others, names } = read;
  const acts = new Map([...own, ...read.acts].filter(isAct).map((it) => [subjectOf(it.part), it]));
  const known = PartyNames.of([...names.values()]);
  const mine = (kind: string) => own.filter((it) => it.part.startsWith(`${kind}:`));
  const about = (kind: string) => others.filter((it) => it.part.startsWith(`${kind}:`));
  const actsOf = (rows: readonly DatedRow[]) => actsShown(rows, acts);

  const standing = <C>(rows: readonly DatedRow[], holds: (content: C) => boolean) => {
    const row = rows.find((it) => it.holds);
    const found = incomplete.weaken(onDay(row, holds), rows[0]?.stream ?? id);
    return {
      ...findingShown(found, row?.pending ?? []),
      periods: rows.map(periodOf),
      acts: actsOf(rows),
    };
  };
  const relations = <C>(
    rows: readonly DatedRow[],
    partyOf: (row: DatedRow) => string,
    holds: (content: C) => boolean,
  ): readonly Relation[] =>
    [...grouped(rows, partyOf)].map(([party, its]) => {
      return { party: known.shown(party), ...standing(its, holds) };
    });

  const nameRows = own.filter((it) => it.part === 'name').sort(byDays);
  const successions = about('succession');
  return {
    id,
    revision: read.revision,
    party: partyListed(names.get(id) ?? { ...nothing, stream: id }, names),
    ceased: findingShown(
      incomplete.weaken(ceasedOnDay(successions), id),
      successions.flatMap((it) => (it.holds ? it.pending : [])),
    ),
    names: { periods: nameRows.map(periodOf), acts: actsOf(nameRows) },
    parts: about('partOf').flatMap(({ stream, pending }) => {
      const row = read.today.get(stream);
      const called = names.get(stream);
      if (row === undefined || called === undefined) return [];
      const there = hasCeased(read.successorsOfParts.get(stream) ?? [])
        ? onDay(row, () => false)
        : onDay<PartyName>(row, ({ name }) => name !== undefined);
      const found = incomplete.weaken(there, stream);
      return [{ party: partyListed(called, names), ...findingShown(found, pending) }];
    }),
    members: relations(mine('member'), (it) => subjectOf(it.part), isMember),
    memberOf: relations(about('member'), (it) => it.stream, isMember),
    predecessors: relations(mine('succession'), (it) => subjectOf(it.part), hasSucceeded),
    successors: relations(successions, (it) => it.stream, hasSucceeded),
    coverages: [...grouped(mine('coverage'), (it) => subjectOf(it.part))].map(([field, rows]) => {
      return { field, ...standing<Covered>(rows, ({ by }) => by.length > 0) };
    }),
    ...saidIn(events, known),
    events: eventsShown(events, { inside: false, withheld }).filter(
      ({ status }) => status === null || status === 'approved',
    ),
    pending: pendingEntries(events),
  };
}

const nothing = { part: 'name', holds: true, contents: [], pending: [] };
const isMember = ({ state }: Membership) => state === 'member';
const hasSucceeded = ({ state }: Succession) => state === 'succeeded';

/** Any of them suffices; where none is recorded nobody says that it has ceased. */
function ceasedOnDay(rows: readonly DatedRow[]) {
  const all = rows
    .filter((it) => it.holds && it.contents.length > 0)
    .map((it) =>
      onDay<Succession>(it, (content) => content.state === 'succeeded' && content.ceased),
    );
  const found = (['yes', 'undetermined', 'no'] as const)
    .map((answer) => all.find((it) => it.answer === answer))
    .find((it) => it !== undefined);
  return (
    found ?? { answer: 'no' as const, reasons: [], presumed: ['continues' as const], unknowns: [] }
  );
}

function isAct({ part }: RecordRow): boolean {
  return part.startsWith('act:');
}

function grouped(
  rows: readonly DatedRow[],
  keyOf: (row: DatedRow) => string,
): ReadonlyMap<string, readonly DatedRow[]> {
  const found = new Map<string, DatedRow[]>();
  for (const row of rows.toSorted(byDays)) {
    const key = keyOf(row);
    const its = found.get(key);
    if (its === undefined) found.set(key, [row]);
    else its.push(row);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byDays(a: DatedRow, b: DatedRow): number {
  return (a.from ?? '') < (b.from ?? '') ? -1 : 1;
}

function periodOf({ from, to, contents, pending }: DatedRow): Period {
  return { from, to, contents: contents.map(({ content }) => open(content)), pending };
}

function open(content: unknown): unknown {
  const { agreements: _, ...rest } = content as Readonly<Record<string, unknown>>;
  return rest;
}

function actsShown(
  rows: readonly DatedRow[],
  acts: ReadonlyMap<string, RecordRow>,
): readonly ActShown[] {
  return eventsBehind(rows).flatMap((event) => {
    const act = acts.get(event)?.contents[0]?.content as ActOnRecord | undefined;
    if (act === undefined) return [];
    const { type, acted, effective, source } = act;
    return [
      {
        event,
        type,
        ...(acted === undefined ? {} : { acted: shown(acted) }),
        ...(effective === undefined ? {} : { effective: shown(effective) }),
        ...(source === undefined ? {} : { source }),
      },
    ];
  });
}

/** Ids of the events that rows rest on, in the order of the rows. */
export function eventsBehind(rows: readonly RecordRow[]): readonly string[] {
  return [
    ...new Set(
      rows.flatMap(({ contents }) =>
        contents.flatMap(
          ({ content }) => (content as { readonly by?: readonly string[] }).by ?? [],
        ),
      ),
    ),
  ];
}
