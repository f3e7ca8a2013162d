import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { rangeOf } from '../../src/time/day-range.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import type { ReadingOfActs } from './oracle-readings.js';

/** Something that begins on one day out of a range: an act, or the end of a term, or one party's own day. */
export interface Begins {
  readonly act: RegisterEvent;
  readonly what: string;
  readonly party?: string;
  readonly from: number;
  readonly to: number;
  readonly always?: true;
}

type Data = Readonly<Record<string, unknown>>;
interface Range {
  readonly from: number;
  readonly to: number;
}

const anyDay: Range = { from: -Infinity, to: Infinity };
const dataOf = (it: RegisterEvent) => it.data as Data;

/** What begins in a reading, and within which days: the rules of the dates alone. */
export function beginnings(acts: ReadingOfActs, presuming: boolean): readonly Begins[] {
  const conclusions = acts.filter((it) => conclusionTypes.includes(it.type));
  const noticed = acts.some((it) => it.type === 'NonRenewalNotified');
  const again = (ends: readonly Begins[]): readonly Begins[] =>
    ends.flatMap((it) => {
      const clauses = it.act.type === 'TermAgreed' ? [it.act] : acts;
      const renews = noticed && clauses.some(renewsBySilence);
      return renews ? [it, { ...it, to: Infinity }] : [it];
    });
  return acts.flatMap((act): readonly Begins[] => {
    const day = dayOf(act, presuming);
    const { wording, party, end, shape } = dataOf(act) as Record<string, string | undefined>;
    const at = (what: string, range: Range, of?: string): Begins => ({
      act,
      what,
      ...range,
      ...(of === undefined ? {} : { party: of }),
    });
    switch (act.type) {
      case 'AgreementRegistered':
      case 'AgreementConcluded':
        return [at('conclude', day), ...ownDays(act, acts, presuming)];
      case 'AgreementTookEffect':
        return [at('takeEffect', day)];
      case 'ServiceStarted':
        return [at('start', day)];
      case 'ServiceSuspended':
        return [at('suspend', day)];
      case 'ServiceResumed':
        return [at('resume', day)];
      case 'ServiceEnded':
        return [at('stop', after(day, wording, presuming))];
      case 'PartyAcceded':
        return [at('join', day, party)];
      case 'PartyWithdrew':
        return [at('leave', after(day, wording, presuming), party)];
      case 'AgreementEnded':
        return [at('end', after(day, wording, presuming))];
      case 'NonRenewalNotified':
        return [at('notify', day)];
      case 'RenewalConfirmed':
        return [at('renew', day), ...again(expiry(act, end as unknown as PartialDate, 'lastDay'))];
      case 'TermAgreed':
      case 'TopologyStated': {
        const own =
          act.effective !== undefined ||
          (act.acted !== undefined && !conclusions.some((it) => sameDay(it.acted, act.acted)));
        const stated = own ? at(shape === undefined ? 'term' : 'describe', day) : undefined;
        const it = stated ?? {
          ...at(shape === undefined ? 'term' : 'describe', { from: -Infinity, to: -Infinity }),
          always: true as const,
        };
        if (shape !== undefined) return [it];
        return [it, ...again(expiry(act, end as unknown as PartialDate, wording, presuming))];
      }
      default:
        return [];
    }
  });
}

const conclusionTypes = ['AgreementRegistered', 'AgreementConcluded'];

/** Where the clause states no period, the next end may come on any day (自動更新). */
function renewsBySilence(act: RegisterEvent): boolean {
  const { renewal } = dataOf(act) as { readonly renewal?: { readonly kind: string } };
  return act.type === 'TermAgreed' && renewal?.kind === 'automatic';
}

function sameDay(a: PartialDate | undefined, b: PartialDate | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [one, other] = [rangeOf(a), rangeOf(b)];
  return one?.from === other?.from && one?.to === other?.to;
}

/** The parties that an act binds, with their own days; a conclusion takes them from the draft. */
export function participants(act: RegisterEvent, acts: ReadingOfActs) {
  const named = act.type === 'AgreementConcluded' ? firstDraft(acts) : act;
  return ((named === undefined ? undefined : dataOf(named)['parties']) ?? []) as readonly {
    party: string;
    from?: PartialDate;
  }[];
}

function firstDraft(acts: ReadingOfActs): RegisterEvent | undefined {
  return acts.find((it) => it.type === 'AgreementDrafted');
}

function ownDays(act: RegisterEvent, acts: ReadingOfActs, presuming: boolean): readonly Begins[] {
  return participants(act, acts).flatMap(({ party, from }) =>
    from === undefined
      ? []
      : [{ act, what: 'join', party, ...dayOf({ ...act, effective: from }, presuming) }],
  );
}

function dayOf(act: RegisterEvent, presuming: boolean): Range {
  const effective = act.effective === undefined ? undefined : rangeOf(act.effective);
  if (effective !== undefined) return effective;
  const acted = act.acted === undefined ? undefined : rangeOf(act.acted);
  return acted !== undefined && presuming ? acted : anyDay;
}

/** An end as worded begins on the first day without; unsaid is the last day, or either. */
function after({ from, to }: Range, wording: string | undefined, presuming: boolean): Range {
  if (wording === 'firstDayWithout') return { from, to };
  return { from: wording === undefined && !presuming ? from : from + 1, to: to + 1 };
}

function expiry(
  act: RegisterEvent,
  end: PartialDate,
  wording: string | undefined,
  presuming = true,
): readonly Begins[] {
  const range = rangeOf(end);
  return range === undefined ? [] : [{ act, what: 'expire', ...after(range, wording, presuming) }];
}

/** Which kinds build on which, where their days may be the same (domain § 4 "Fold"). */
const buildsOn: Readonly<Record<string, string>> = {
  takeEffect: 'conclude',
  join: 'conclude',
  leave: 'conclude takeEffect join',
  start: 'conclude takeEffect join',
  suspend: 'conclude takeEffect start',
  resume: 'conclude takeEffect start suspend',
  stop: 'conclude takeEffect start suspend resume',
  describe: 'conclude takeEffect',
  term: 'conclude takeEffect',
  renew: 'conclude takeEffect term',
  expire: 'conclude takeEffect term renew join',
  end: 'conclude takeEffect join start describe term renew',
};

type Rule = (first: Begins, second: Begins) => boolean;

const builds: Rule = (first, second) =>
  (buildsOn[second.what] ?? '').split(' ').includes(first.what) &&
  (second.what !== 'leave' || first.what !== 'join' || first.party === second.party);
const printedBefore: Rule = ({ act: a }, { act: b }) =>
  a.entry !== undefined &&
  a.entry === b.entry &&
  a.order !== undefined &&
  b.order !== undefined &&
  a.order < b.order;

/**
 * Every course that things may have taken: each of them on a day, in one order. Empty when there
 * are more than `most`. Where the presumptions cannot all hold, the paper's order goes, then all.
 */
export function courses(
  all: readonly Begins[],
  window: Range,
  presuming: boolean,
  most: number,
): readonly (readonly Placed[])[] | 'too many' {
  const meet: Rule = (a, b) =>
    a.from <= b.to && b.from <= a.to && (a.always === true) === (b.always === true);
  const built: Rule = (a, b) => presuming && meet(a, b) && builds(a, b);
  const either: Rule = (a, b) => {
    if (built(a, b)) return true;
    return meet(a, b) && !built(b, a) && printedBefore(a, b);
  };
  for (const rule of [either, built, () => false]) {
    const found = tryAll(all, window, rule, most);
    if (found === 'too many' || found.length > 0) return found;
  }
  return [];
}

export interface Placed {
  readonly it: Begins;
  readonly day: number;
}

function tryAll(
  all: readonly Begins[],
  { from, to }: Range,
  rule: Rule,
  most: number,
): readonly (readonly Placed[])[] | 'too many' {
  const found: (readonly Placed[])[] = [];
  const begins = (it: Begins, day: number) => day !== -Infinity && it.from <= day && day <= it.to;
  const place = (placed: readonly Placed[], rest: readonly Begins[], day: number): boolean => {
    if (rest.length === 0) {
      found.push(placed);
      return found.length <= most;
    }
    if (rest.some((it) => it.to < day && it.always !== true)) return true;
    for (const it of rest) {
      const may = it.always === true ? day === -Infinity : begins(it, day);
      if (!may || rest.some((other) => other !== it && rule(other, it))) continue;
      const left = rest.filter((other) => other !== it);
      if (!place([...placed, { it, day }], left, day)) return false;
    }
    const always = rest.some((it) => it.always === true);
    const next = day === -Infinity ? from : day + 1;
    return always || next > to ? true : place(placed, rest, next);
  };
  return place([], all, -Infinity) ? found : 'too many';
}
