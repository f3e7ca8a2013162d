import type { Effect } from '../../entries/domain/effect.js';
import type { Presuming, Presumption } from '../../entries/domain/presumption.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';

/** `unsaid`: begun, and with nothing presumed nobody says whether it continues. */
export type BondState = 'notBegun' | 'bound' | 'unsaid' | 'left' | 'ended';

/** One party's bond on a day, and which facts make it so. */
export interface Bond {
  readonly state: BondState;
  /** Why it ended: expired, byAgreement, denounced, superseded, partyExtinct. */
  readonly ground?: string;
  readonly by: readonly string[];
  readonly presumed: readonly Presumption[];
}

interface Life {
  inForce?: Effect;
  joined?: Effect;
  left?: Effect;
  ended?: Effect;
  term?: Effect;
  noRenewal?: Effect;
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
  switch (it.kind) {
    case 'agree':
    case 'conclude':
      if (it.kind === 'conclude') life.inForce = it;
      if (it.slots.includes(slot)) life.joined = it;
      return;
    case 'takeEffect':
      life.inForce = it;
      return;
    case 'join':
      if (!it.slots.includes(slot)) return;
      life.joined = it;
      delete life.left;
      return;
    case 'leave':
      if (it.slots.includes(slot)) life.left = it;
      return;
    case 'term':
    case 'renew':
      life.term = it;
      if (life.ended?.kind === 'expire') delete life.ended;
      return;
    case 'notify':
      life.noRenewal = it;
      return;
    case 'expire':
      if (life.term?.event.id === it.event.id && !renews(life)) life.ended = it;
      return;
    case 'end':
      life.ended = it;
      return;
  }
}

/** 自動更新: the term renews by silence unless a notice of non-renewal came before. */
function renews(life: Life): boolean {
  const term = life.term?.event as AgreementEvent | undefined;
  return (
    term?.type === 'TermAgreed' &&
    term.data.renewal?.kind === 'automatic' &&
    life.noRenewal === undefined
  );
}

function bond(life: Life, order: boolean, presume: Presuming): Bond {
  const content = (state: BondState, ...by: (Effect | undefined)[]): Bond => {
    const known = by.filter((it) => it !== undefined);
    const presumed = new Set(known.flatMap((it) => it.presumed));
    if (order && presume.has('in-order')) presumed.add('in-order');
    if (state === 'bound') for (const it of silence(life, presume)) presumed.add(it);
    return {
      state,
      ...(state === 'ended' ? { ground: groundOf(life.ended) } : {}),
      by: [...new Set(known.map((it) => it.event.id))],
      presumed: [...presumed].sort(),
    };
  };
  if (life.left !== undefined) return content('left', life.left);
  if (life.ended !== undefined) return content('ended', life.ended);
  if (life.inForce === undefined || life.joined === undefined) return content('notBegun');
  const state = silent(life) && !presume.has('continues') ? 'unsaid' : 'bound';
  return content(state, life.inForce, life.joined);
}

function groundOf(end: Effect | undefined): string {
  const event = end?.event as AgreementEvent | undefined;
  return event?.type === 'AgreementEnded' ? event.data.ground : 'expired';
}

/** Nothing says how long it lasts. */
function silent(life: Life): boolean {
  const term = life.term?.event as AgreementEvent | undefined;
  if (term?.type !== 'TermAgreed' && term?.type !== 'RenewalConfirmed') return true;
  return 'tag' in term.data.end && term.data.end.tag !== 'endless';
}

/** Nothing says that it ended, so it continues; a term that nobody ended renews. */
function silence(life: Life, presume: Presuming): readonly Presumption[] {
  if (renews(life) && presume.has('renewed-by-silence')) return ['renewed-by-silence'];
  return silent(life) && presume.has('continues') ? ['continues'] : [];
}
