import { dayOfEffect, type Effect } from '../../entries/domain/effect.js';
import type { Presuming } from '../../entries/domain/presumption.js';
import type { PartialDate } from '../../time/partial-date.js';
import type { AgreementEvent } from './acts.js';
import { always, besideOthers, effect } from './agreement-effect.js';
import { binds, type PartyRole } from './vocabulary.js';

interface Participant {
  readonly party: string;
  readonly role?: PartyRole;
  readonly from?: PartialDate;
}

/** A conclusion then only agrees, and binds its parties from whatever day is stated. */
const onceEffectIsStated: Readonly<Record<string, string>> = { conclude: 'agree', named: 'bind' };

/**
 * That there is a conclusion at all, on whatever day; its effect for the parties that share the
 * agreement's day; and one more for each party with a day of its own.
 */
export function conclusion(
  act: AgreementEvent,
  parties: readonly Participant[],
  presume: Presuming,
): readonly Effect[] {
  const bound = parties.filter((it) => binds(it.role));
  const together = bound.filter((it) => it.from === undefined).map((it) => `party:${it.party}`);
  const slots = ['life', ...together];
  const named = besideOthers(effect(act, 'named', slots, always, presume));
  return [
    { ...named, key: `${act.id}#named` },
    effect(act, 'conclude', slots, dayOfEffect(act, presume), presume),
    ...bound.flatMap(({ party, from }) => {
      if (from === undefined) return [];
      const day = dayOfEffect({ ...act, effective: from }, presume);
      const own = effect(act, 'join', [`party:${party}`], day, presume);
      return [{ ...own, key: `${act.id}#${party}` }];
    }),
  ];
}

export function draftedAmong(acts: readonly AgreementEvent[]): readonly Participant[] {
  const draft = acts.find((it) => it.type === 'AgreementDrafted');
  return draft?.type === 'AgreementDrafted' ? draft.data.parties : [];
}

export function isConclusion({ type }: AgreementEvent): boolean {
  return type === 'AgreementRegistered' || type === 'AgreementConcluded';
}

/** Where the taking effect is stated on its own, a conclusion only agrees. */
export function onceEffective(effects: readonly Effect[]): readonly Effect[] {
  return effects.map((it) => ({ ...it, kind: onceEffectIsStated[it.kind] ?? it.kind }));
}
