import type { Possible, TooMany } from '../../time/possibility.js';
import {
  allOf,
  verdict,
  verdicts,
  type Verdict,
  type Verdicts,
} from '../../entries/domain/finding.js';
import type { Bond } from './bond.js';
import type { Outline } from './outline.js';
import { serviceFor, type Service } from './service.js';
import { owes, topologyIn, type Pair, type Topology } from './topology.js';

/** An agreement's parts on one day; a party that no act names has no bond. */
export interface AgreementOnDay {
  readonly outline: Possible<Outline | TooMany>;
  readonly topology: Possible<Topology | TooMany>;
  readonly service: Possible<Service | TooMany>;
  bond(party: string): Possible<Bond | TooMany>;
}

/**
 * Whether the agreement makes `provider` owe `beneficiary` on the day: both are bound and the
 * topology says so. A practice without a paper binds nobody and leaves the question open.
 */
export function obligation(day: AgreementOnDay, pair: Pair): Verdicts {
  return allOf(
    verdicts(day.bond(pair.provider), bonded),
    verdicts(day.bond(pair.beneficiary), bonded),
    verdicts(day.topology, (it) => owed(it, pair)),
    verdicts(day.outline, instrument),
  );
}

/** What an agreement's parts say on a day, each judged by itself. */
export interface UseFacts {
  bond(party: string): Verdicts;
  owed(pair: Pair, field: string): Verdicts;
  served(provider: string, field: string): Verdicts;
}

export function useFacts(day: AgreementOnDay): UseFacts {
  return {
    bond: (party) => verdicts(day.bond(party), bonded),
    owed: (pair, field) => verdicts(day.topology, (it) => owed(topologyIn(it, field), pair)),
    served: (provider, field) => verdicts(day.service, (it) => served(it, provider, field)),
  };
}

/** Whether residents of `beneficiary` may use what `provider` offers in a field on the day. */
export function use(facts: UseFacts, pair: Pair, field: string): Verdicts {
  return allOf(...partsOfUse(facts, pair, field));
}

/** All that must hold for it. */
export function partsOfUse(
  facts: UseFacts,
  pair: Pair,
  field: string,
): readonly [Verdicts, ...Verdicts[]] {
  return [
    facts.bond(pair.provider),
    facts.bond(pair.beneficiary),
    facts.owed(pair, field),
    facts.served(pair.provider, field),
  ];
}

/** Whether a bond holds on the day. */
export function bonded(bond: Bond): Verdict {
  const { by: events, presumed } = bond;
  switch (bond.state) {
    case 'bound':
      return { answer: 'yes', reasons: [{ code: 'bound', events }], presumed };
    case 'unsaid':
      return {
        answer: 'undetermined',
        reasons: [{ code: 'continuation-unsaid', events }],
        presumed,
      };
    case 'notConcluded':
      return verdict('undetermined', 'not-concluded');
    case 'notBegun':
      return withInstrument(verdict('no', 'not-begun', events));
    case 'left':
      return { ...withInstrument(verdict('no', 'left', events)), presumed };
    case 'ended':
      return { answer: 'no', reasons: [{ code: 'ended', events }], presumed };
  }
}

/** With an instrument on record, the days before it are a no: it is presumed to be the only one. */
function withInstrument(it: Verdict): Verdict {
  return { ...it, presumed: ['only-instrument'] };
}

/** Whether the topology of the day makes one owe the other. */
export function owed(topology: Topology, pair: Pair): Verdict {
  const answer = owes(topology, pair);
  if (answer === 'yes') return { answer, reasons: [], presumed: [] };
  return verdict(answer, answer === 'no' ? 'not-owed' : 'topology-unknown', topology.by);
}

/** A practice without a paper (協定書のない運用) binds nobody, and leaves it open. */
export function instrument(outline: Outline): Verdict {
  if (outline.kind !== 'practice') return { answer: 'yes', reasons: [], presumed: [] };
  return verdict('undetermined', 'practice', outline.by);
}

/** Whether what a provider offers in a field is in use on the day. */
export function served(service: Service, provider: string, field: string): Verdict {
  const scope = serviceFor(service, provider, field);
  if (scope === undefined) return verdict('undetermined', 'service-not-recorded');
  const events = [scope.by];
  switch (scope.state) {
    case 'started':
      return {
        answer: 'yes',
        reasons: [{ code: 'service-started', events }],
        presumed: scope.presumed,
      };
    case 'notStarted':
      return withInstrument(verdict('no', 'service-not-begun', events));
    case 'suspended':
      return verdict('no', 'service-suspended', events);
    case 'ended':
      return verdict('no', 'service-ended', events);
  }
}
