import { ALWAYS, effectOf, type DayOfEffect, type Effect } from '../../entries/domain/effect.js';
import type { Presuming } from '../../entries/domain/presumption.js';
import type { AgreementEvent } from './acts.js';

/** Kinds whose effects an effect is presumed to follow, when their days overlap (`in-order`). */
const follows: Readonly<Record<string, readonly string[]>> = {
  takeEffect: ['agree', 'conclude'],
  join: ['agree', 'conclude'],
  leave: ['agree', 'conclude', 'takeEffect', 'join'],
  start: ['agree', 'conclude', 'takeEffect', 'join'],
  suspend: ['agree', 'conclude', 'takeEffect', 'start'],
  resume: ['agree', 'conclude', 'takeEffect', 'start', 'suspend'],
  stop: ['agree', 'conclude', 'takeEffect', 'start', 'suspend', 'resume'],
  amend: ['agree', 'conclude', 'takeEffect'],
  describe: ['agree', 'conclude', 'takeEffect'],
  reserve: ['agree', 'conclude', 'takeEffect'],
  unreserve: ['agree', 'conclude', 'takeEffect', 'reserve'],
  term: ['agree', 'conclude', 'takeEffect'],
  renew: ['agree', 'conclude', 'takeEffect', 'term'],
  expire: ['agree', 'conclude', 'takeEffect', 'term', 'renew', 'join'],
  end: ['agree', 'conclude', 'takeEffect', 'join', 'start', 'amend', 'term', 'renew', 'describe'],
  through: ['agree', 'conclude', 'takeEffect'],
  offer: ['agree', 'conclude', 'takeEffect', 'start'],
  withdraw: ['offer'],
};

export const always: DayOfEffect = { range: ALWAYS, presumed: [] };

export function effect(
  event: AgreementEvent,
  kind: string,
  slots: readonly string[],
  day: DayOfEffect,
  presume: Presuming,
): Effect {
  const it = effectOf(event, kind, slots, day, presume, follows);
  if (kind !== 'leave') return it;
  // A withdrawal builds on the party's own accession, and says nothing of when another acceded.
  const ofAnother = (other: Effect) =>
    other.kind === 'join' && !other.slots.some((slot) => slots.includes(slot));
  return { ...it, follows: (other) => it.follows(other) && !ofAnother(other) };
}

/** Several of these stand side by side: no order among them decides anything. */
export function besideOthers(it: Effect): Effect {
  return { ...it, commutes: () => true };
}
