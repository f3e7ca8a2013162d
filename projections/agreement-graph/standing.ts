import type { Bond } from '../../src/agreements/domain/bond.js';
import { bonded } from '../../src/agreements/domain/obligation.js';
import type { Outline } from '../../src/agreements/domain/outline.js';
import {
  allOf,
  finding,
  verdict,
  verdicts,
  type Finding,
  type Verdict,
} from '../../src/entries/domain/finding.js';
import { bothHold } from '../../src/entries/domain/joined-findings.js';
import { rangeOf } from '../../src/time/day-range.js';
import type { Possible, TooMany } from '../../src/time/possibility.js';
import type { AgreementRecord } from '../agreement-record.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { signedOf } from '../mutual-use/signing-and-start.js';
import type { Reader } from '../reader.js';

/** How a party's bond by an agreement is on a day, in one word. */
export type StandingState =
  | 'inForce'
  | 'signedNotInEffect'
  | 'notSigned'
  | 'notBegun'
  | 'ended'
  | 'left'
  | 'notBound'
  | 'undetermined';

/**
 * Whether the agreement binds a party on the day, whoever else it binds; one that is named in a role
 * short of party is not bound by it (domain § 3).
 */
export function standsIn(agreement: AgreementRecord, party: string, reader: Reader): Finding {
  const bond = agreement.bond(party);
  if (bond.length === 0) return finding([{ content: notAParty, worlds: [{}] }]);
  const own = finding(allOf(verdicts(bond, bonded), instrumentOf(agreement.outline)));
  return bothHold(own, notReplaced(agreement, reader));
}

const notAParty: Verdict = verdict('no', 'not-a-party');

function instrumentOf(outline: Possible<Outline | TooMany>) {
  if (outline.length === 0) return verdicts([holdsOutline], () => holds);
  return verdicts(outline, ({ kind, by }) =>
    kind === 'practice' ? verdict('undetermined', 'practice', by) : holds,
  );
}

const holds: Verdict = { answer: 'yes', reasons: [], presumed: [] };
const holdsOutline = { content: { by: [], fields: [], parties: [] } as Outline, worlds: [{}] };

/** The word for a finding; a bond that has not begun is told apart by whether it was signed. */
export function stateOf(it: Finding, agreement: AgreementRecord, day: number): StandingState {
  if (it.answer === 'yes') return 'inForce';
  if (it.answer === 'undetermined') return 'undetermined';
  const codes = new Set(it.reasons.map(({ code }) => code));
  if (codes.has('ended') || codes.has('superseded')) return 'ended';
  if (codes.has('left') || codes.has('not-member')) return 'left';
  return codes.has('not-begun') ? beforeIt(agreement, day) : 'notBound';
}

function beforeIt(agreement: AgreementRecord, day: number): StandingState {
  const signed = signedOf(agreement);
  const range = signed === null ? undefined : rangeOf(signed);
  if (range === undefined) return 'notBegun';
  if (range.to <= day) return 'signedNotInEffect';
  return range.from > day ? 'notSigned' : 'notBegun';
}

/** A bond in one word where the day leaves nothing open. */
export function certainState(contents: Possible<Bond | TooMany>): Bond['state'] | undefined {
  const [only, ...others] = contents;
  if (only === undefined || others.length > 0 || 'tooMany' in only.content) return undefined;
  return only.content.state;
}
