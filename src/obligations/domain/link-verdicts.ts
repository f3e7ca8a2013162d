import { verdict, type Verdict } from '../../entries/domain/finding.js';
import type { Membership, PartyName } from '../../parties/domain/party-parts.js';
import type { Succession } from '../../parties/domain/succession.js';

const holds: Verdict = { answer: 'yes', reasons: [], presumed: [] };

/** 構成員: whether the party is a member of the council. */
export function member({ state, by: events, presumed }: Membership): Verdict {
  return state === 'member'
    ? { answer: 'yes', reasons: [{ code: 'member', events }], presumed }
    : { answer: 'no', reasons: [{ code: 'not-member', events }], presumed };
}

/** 構成員を定めない集まり: whoever is not recorded in an open-ended group may be a member of it. */
export function perhapsMember({ openEnded, by }: PartyName): Verdict {
  return openEnded === true
    ? verdict('undetermined', 'membership-unknown', by)
    : verdict('no', 'nothing-recorded', by);
}

/** Whether a ward or an organ is part of the whole. */
export function partOf({ partOf: stated, by }: PartyName, whole: string): Verdict {
  return stated === whole ? verdict('yes', 'part-of', by) : verdict('no', 'not-part-of', by);
}

/**
 * 承継: what bound the old binds a merger's successor, after a split only where stated (domain § 6).
 * @param agreement whose bonds are asked about; without one, whether it has succeeded at all
 */
export function succeeds(it: Succession, agreement: string | undefined): Verdict {
  const { by: events, presumed } = it;
  if (it.state === 'notYet') return verdict('no', 'not-succeeded', events);
  if (agreement === undefined || it.takesOver === 'all' || it.agreements.includes(agreement)) {
    return { answer: 'yes', reasons: [{ code: 'succeeded', events }], presumed };
  }
  if (it.takesOver === 'none') {
    return { answer: 'no', reasons: [{ code: 'not-taken-over', events }], presumed };
  }
  return { answer: 'undetermined', reasons: [{ code: 'succession-unstated', events }], presumed };
}

/** Whether a party is still there: not, from the day on which it ceased and was succeeded. */
export function goesOn(it: Succession): Verdict {
  if (it.state === 'notYet' || !it.ceased) return holds;
  const { by: events, presumed } = it;
  return { answer: 'no', reasons: [{ code: 'succeeded-by', events }], presumed };
}

/**
 * Whether a council or a city is still the one that the party stood for: once it ceased, nothing says
 * whether the party is a member or part of its successor.
 */
export function stillStoodFor(it: Succession): Verdict {
  const { answer, reasons, presumed } = goesOn(it);
  if (answer !== 'no') return holds;
  const events = reasons.flatMap((reason) => reason.events);
  return { answer: 'undetermined', reasons: [{ code: 'succession-unstated', events }], presumed };
}
