import {
  dayOfDescription,
  dayOfEffect,
  effectOf,
  type Effect,
} from '../../entries/domain/effect.js';
import type { Presuming, Presumption } from '../../entries/domain/presumption.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { PartyEvent } from './acts.js';

type RulesSet = Extract<PartyEvent, { type: 'TermsOfUseSet' }>;

/** 自らの規則: who may use what a body offers in a field, as it says itself; null while it says nothing. */
export interface OwnRules {
  readonly stated: ({ readonly by: string } & RulesSet['data']) | null;
  readonly presumed: readonly Presumption[];
}

/** The newest rules of a day: earlier days keep the earlier ones. */
export function rulesPart(slot: string): Part<OwnRules> {
  return {
    key: slot,
    slots: [slot],
    read(sequence) {
      const last = sequence.at(-1);
      if (last === undefined) return { stated: null, presumed: [] };
      const { id, data } = last.event as RulesSet;
      return { stated: { by: id, ...data }, presumed: last.presumed };
    },
  };
}

/** Rules without any day, that no dated document reports, hold from the body's beginning. */
export function rules(event: RulesSet, presume: Presuming): Effect {
  const dated = event.effective ?? event.acted ?? event.source?.written;
  const day = dated === undefined ? dayOfDescription(event, presume) : dayOfEffect(event, presume);
  return effectOf(event, 'rule', [`rules:${event.data.field}`], day, presume, {});
}
