import { dayOfEffect, effectOf, ALWAYS, type Effect } from '../../entries/domain/effect.js';
import type { Numbered } from '../../entries/domain/event.js';
import {
  partRows,
  pendingEntries,
  type PartRow,
  type Parts,
} from '../../entries/domain/part-rows.js';
import type { Presuming, Presumption } from '../../entries/domain/presumption.js';
import { readingsOf } from '../../entries/domain/readings.js';
import type { Counting } from '../../entries/domain/standing.js';
import { padded } from '../../entries/domain/told-fact.js';
import { tooManyReadings, unfoldAll, type Part } from '../../entries/domain/unfold.js';
import type { ProposalEvent } from './acts.js';
import { proposalLeaning } from './told.js';

/** A proposal on a day: what was proposed, and how far it came. Sealed remarks are not in it. */
export interface ProposalState {
  readonly n: number;
  readonly state: 'notReceived' | 'received' | 'advanced' | 'realised' | 'declined';
  readonly by: readonly string[];
  readonly presumed: readonly Presumption[];
  readonly receiver?: string;
  readonly title?: string;
  readonly proposers?: readonly string[];
  readonly unnamed?: readonly string[];
  readonly channel?: string;
  /** The newest stage that it reached. */
  readonly stage?: string;
  readonly outcome?: string;
  /** What it led to. */
  readonly agreement?: string;
}

/** `proposal:<n>` of a stream that a proposal opened, and the rows by which it is found. */
export function proposalRows(events: readonly Numbered[], presume: Presuming): readonly PartRow[] {
  const [first] = events;
  if (first?.event.type !== 'ProposalReceived') return [];
  const rows = partRows(events, (counting) => proposalParts(events, first.n, counting, presume));
  const { receiver, proposers = [] } = (first.event as Received).data;
  const pending = pendingEntries(events);
  const waits = rows.every(({ contents }) => contents.length === 0);
  const keys = [`of:${receiver}`, ...new Set(proposers.map((it) => `by:${it}`))];
  return [
    ...rows,
    ...keys.map((key) => ({
      part: `proposal-${key}:${padded(first.n)}`,
      from: -Infinity,
      to: Infinity,
      contents: waits ? [] : [{ content: { named: true }, worlds: [{}] }],
      pending: waits ? pending : [],
    })),
  ];
}

type Received = Extract<ProposalEvent, { type: 'ProposalReceived' }>;

function proposalParts(
  events: readonly Numbered[],
  n: number,
  counting: Counting,
  presume: Presuming,
): Parts {
  const readings = readingsOf(events, counting, proposalLeaning);
  const part = proposalPart(n);
  if (readings === null) return tooManyReadings([part]);
  const happenings = readings.map(({ when, acts }) => ({
    when,
    effects: acts.flatMap(({ event }) => effectsOf(event as ProposalEvent, presume)),
  }));
  return happenings.some(({ effects }) => effects.length > 0)
    ? unfoldAll(happenings, [part])
    : new Map();
}

const kinds: Readonly<Record<string, string>> = {
  ProposalReceived: 'receive',
  ProposalAdvanced: 'advance',
  ProposalRealised: 'realise',
  ProposalDeclined: 'decline',
};

const follows: Readonly<Record<string, readonly string[]>> = {
  advance: ['receive'],
  realise: ['receive', 'advance'],
  decline: ['receive', 'advance'],
};

function effectsOf(event: ProposalEvent, presume: Presuming): readonly Effect[] {
  const kind = kinds[event.type];
  if (kind === undefined) return [];
  const it = effectOf(event, kind, ['proposal'], dayOfEffect(event, presume), presume, follows);
  if (kind !== 'receive') return [it];
  const named = { range: ALWAYS, presumed: [], kind: 'named', commutes: () => true };
  return [{ ...it, ...named, key: `${event.id}#named` }, it];
}

function proposalPart(n: number): Part<ProposalState> {
  return {
    key: `proposal:${padded(n)}`,
    slots: ['proposal'],
    read: (sequence, presumedOrder) => {
      const state = sequence.reduce<ProposalState>((so, it) => next(so, it), {
        n,
        state: 'notReceived',
        by: [],
        presumed: [],
      });
      if (!presumedOrder) return state;
      return { ...state, presumed: [...new Set([...state.presumed, 'in-order' as const])].sort() };
    },
  };
}

function next(so: ProposalState, { kind, event, presumed }: Effect): ProposalState {
  const act = event as ProposalEvent;
  const begun = {
    by: [...so.by, act.id],
    presumed: [...new Set([...so.presumed, ...presumed])].sort(),
  };
  switch (act.type) {
    case 'ProposalReceived': {
      const { remark: _, ...said } = act.data;
      return kind === 'named'
        ? { ...so, ...said }
        : { ...so, ...said, ...begun, state: 'received' };
    }
    case 'ProposalAdvanced':
      return { ...so, ...begun, state: 'advanced', stage: act.data.stage };
    case 'ProposalRealised':
      return { ...so, ...begun, ...act.data, state: 'realised' };
    case 'ProposalDeclined':
      return { ...so, ...begun, state: 'declined' };
    default:
      return so;
  }
}
