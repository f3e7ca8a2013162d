import type { Effect } from '../../entries/domain/effect.js';
import type { Presuming, Presumption } from '../../entries/domain/presumption.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';
import { inTime, type TermClause } from './term.js';

/**
 * `unsaid`: begun, and nobody says whether it continues. `notConcluded`: no conclusion is on
 * record, so that the days before the beginning are not known to be a no.
 */
export type BondState = 'notConcluded' | 'notBegun' | 'bound' | 'unsaid' | 'left' | 'ended';

/** One party's bond on a day, and which facts make it so. */
export interface Bond {
  readonly state: BondState;
  /** Why it ended: expired, byAgreement, denounced, superseded, partyExtinct. */
  readonly ground?: string;
  readonly by: readonly string[];
  readonly presumed: readonly Presumption[];
}

interface Life {
  concluded?: Effect;
  inForce?: Effect;
  joined?: Effect;
  left?: Effect;
  ended?: Effect;
  term?: Effect;
  clause?: TermClause;
  notice?: Effect;
  /** A period ran out, and no notice ended it. */
  renewed?: Effect;
  /** A period ran out, and the notice had come late. */
  doubtful?: Effect;
}

/**
 * 当事者の拘束: from the day of effect (or its own day) until it leaves or the agreement ends.
 * An end before the beginning keeps the agreement from ever beginning.
 */
export function bondOf(party: string, presume: Presuming): Part<Bond> {
  const slot = `party:${party}`;
  return {
    key: `bond:${party}`,
    slots: ['life', 'term', slot],
    read(sequence, presumedOrder) {
      const life: Life = {};
      for (const it of sequence) live(life, it, slot);
      return bond(life, presumedOrder, presume);
    },
  };
}

function live(life: Life, it: Effect, slot: string): void {
  const own = it.slots.includes(slot);
  switch (it.kind) {
    case 'named':
    case 'bind':
      life.concluded = it;
      if (own && it.kind === 'bind') life.joined = it;
      return;
    case 'conclude':
    case 'takeEffect':
      life.inForce = it;
      if (own) life.joined = it;
      return;
    case 'join':
      if (!own) return;
      life.joined = it;
      delete life.left;
      return;
    case 'leave':
      if (own) life.left = it;
      return;
    case 'term':
    case 'renew':
      agree(life, it);
      return;
    case 'notify':
      life.notice ??= it;
      return;
    case 'expire':
      if (life.term?.event.id === it.event.id) expire(life, it);
      return;
    case 'end':
      life.ended = it;
      return;
  }
}

/** A term agreed or confirmed takes the place of the earlier one, and of a notice against it. */
function agree(life: Life, it: Effect): void {
  life.term = it;
  const event = it.event as AgreementEvent;
  if (event.type === 'TermAgreed') life.clause = event;
  if (life.ended?.kind === 'expire') delete life.ended;
  delete life.notice;
  delete life.renewed;
  delete life.doubtful;
}

/** 自動更新: the term renews by silence unless a notice of non-renewal came in time. */
function expire(life: Life, it: Effect): void {
  if (life.ended !== undefined) return;
  const { clause, notice } = life;
  if (clause?.data.renewal?.kind !== 'automatic') life.ended = it;
  else if (notice === undefined) life.renewed = it;
  else if (inTime(notice, it, clause) === true) life.ended = it;
  else life.doubtful = it;
}

function bond(life: Life, order: boolean, presume: Presuming): Bond {
  const content = (state: BondState, ...by: (Effect | undefined)[]): Bond => {
    const known = by.filter((it) => it !== undefined);
    const presumed = new Set(known.flatMap((it) => it.presumed));
    if (order && presume.has('in-order')) presumed.add('in-order');
    if (state === 'bound') for (const it of silence(life)) presumed.add(it);
    return {
      state,
      ...(state === 'ended' ? { ground: groundOf(life.ended) } : {}),
      by: [...new Set(known.map((it) => it.event.id))],
      presumed: [...presumed].sort(),
    };
  };
  if (life.left !== undefined) return content('left', life.left);
  if (life.ended !== undefined) return content('ended', life.ended);
  if (life.concluded === undefined) return content('notConcluded');
  if (life.inForce === undefined || life.joined === undefined) return content('notBegun');
  if (life.doubtful !== undefined) return content('unsaid', life.doubtful, life.notice);
  const said = silence(life).every((it) => presume.has(it));
  return content(said ? 'bound' : 'unsaid', life.inForce, life.joined);
}

function groundOf(end: Effect | undefined): string {
  const event = end?.event as AgreementEvent | undefined;
  return event?.type === 'AgreementEnded' ? event.data.ground : 'expired';
}

/** Nothing says that it ended, so it continues; a term that nobody ended renews. */
function silence(life: Life): readonly Presumption[] {
  if (life.renewed !== undefined) return ['renewed-by-silence'];
  const term = life.term?.event as AgreementEvent | undefined;
  if (term?.type !== 'TermAgreed' && term?.type !== 'RenewalConfirmed') return ['continues'];
  return 'tag' in term.data.end && term.data.end.tag === 'none' ? ['continues'] : [];
}
