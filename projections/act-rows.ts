import { contentOf } from '../src/entries/domain/content.js';
import type { Numbered, RegisterEvent, Source } from '../src/entries/domain/event.js';
import type { PartRow } from '../src/entries/domain/part-rows.js';
import { isAct } from '../src/entries/domain/readings.js';
import { standing } from '../src/entries/domain/standing.js';
import { memoryOf } from '../src/entries/domain/stream-memory.js';
import type { PartialDate } from '../src/time/partial-date.js';
import { mergedParts } from './merged-parts.js';
import { rowOfAllDays } from './row-of-all-days.js';

/** What answers show of an act beside what it does: its dates as corrected, and where they stand. */
export interface ActOnRecord {
  readonly type: string;
  readonly n: number;
  readonly acted?: PartialDate;
  readonly effective?: PartialDate;
  /** Days that the act gives to single parties. */
  readonly starts?: Readonly<Record<string, PartialDate>>;
  readonly end?: PartialDate;
  readonly provider?: string;
  readonly field?: string;
  readonly source?: Source;
  /** The corrections whose values it has. */
  readonly corrected?: readonly string[];
}

interface Named {
  readonly parties?: readonly { readonly party: string; readonly from?: PartialDate }[];
  readonly end?: PartialDate;
  readonly provider?: string;
  readonly field?: string;
}

/** One row `act:<event id>` for each act that stands and is approved, whatever the day. */
export function actRows(events: readonly Numbered[]): readonly PartRow[] {
  const { events: stand } = standing(events, 'approved');
  const kept = memoryOf(events, 'act rows', () => new Map<Numbered, PartRow>());
  const corrected = new Set(stand.flatMap(({ event }) => correctedBy(event) ?? []));
  return stand.flatMap((it) => {
    if (!isAct(it.event)) return [];
    const make = () => rowOfAllDays(`act:${it.event.id}`, onRecord(it.n, it.event, stand));
    if (corrected.has(it.event.id)) return [make()];
    const row = kept.get(it) ?? make();
    kept.set(it, row);
    return [row];
  });
}

/** Events of a stream whose acts stand in one row together. */
const TOGETHER = 16;

/**
 * The same rows merged, those of sixteen events at a time: `acts:0`, `acts:1`, …. An agreement has one or
 * two, and however long it grows, one more act writes no more than the last of them again.
 */
export function actsTogether(events: readonly Numbered[]): readonly PartRow[] {
  const rows = actRows(events);
  const groups = new Map<number, PartRow[]>();
  let at = 0;
  for (const row of rows) {
    const { n } = row.contents[0]!.content as ActOnRecord;
    while (events[at]!.n < n) at += 1;
    const group = Math.floor(at / TOGETHER);
    const mine = groups.get(group);
    if (mine === undefined) groups.set(group, [row]);
    else mine.push(row);
  }
  return [...groups].flatMap(([group, mine]) => mergedParts(`acts:${group}`, mine));
}

/** The act that a correction corrects. */
function correctedBy(event: RegisterEvent): string | undefined {
  return event.type === 'FactCorrected'
    ? (event.data as { readonly event: string }).event
    : undefined;
}

function onRecord(n: number, event: RegisterEvent, stand: readonly Numbered[]): ActOnRecord {
  const { type, acted, effective, source, data } = contentOf(event, stand);
  const { parties, end, provider, field } = data as Named;
  const starts = Object.fromEntries(
    (parties ?? []).flatMap(({ party, from }) => (from === undefined ? [] : [[party, from]])),
  );
  const corrected = correctionsOf(event.id, stand);
  return {
    type,
    n,
    ...(acted === undefined ? {} : { acted }),
    ...(effective === undefined ? {} : { effective }),
    ...(Object.keys(starts).length === 0 ? {} : { starts }),
    ...(end === undefined ? {} : { end }),
    ...(provider === undefined ? {} : { provider }),
    ...(field === undefined ? {} : { field }),
    ...(source === undefined ? {} : { source: withoutQuote(source) }),
    ...(corrected.length === 0 ? {} : { corrected }),
  };
}

function correctionsOf(act: string, stand: readonly Numbered[]): readonly string[] {
  return stand.flatMap(({ event }) => (correctedBy(event) === act ? [event.id] : []));
}

/** The words of the document stand in the event; an answer needs only where they are. */
function withoutQuote({ document, place, written }: Source): Source {
  return {
    document,
    ...(place === undefined ? {} : { place }),
    ...(written === undefined ? {} : { written }),
  };
}
