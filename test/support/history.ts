import type { Bond } from '../../src/agreements/domain/bond.js';
import { agreementParts } from '../../src/agreements/domain/agreement-parts.js';
import {
  obligation,
  use,
  useFacts,
  type AgreementOnDay,
} from '../../src/agreements/domain/obligation.js';
import type { Outline } from '../../src/agreements/domain/outline.js';
import type { Service } from '../../src/agreements/domain/service.js';
import type { Topology } from '../../src/agreements/domain/topology.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { finding, type Finding } from '../../src/entries/domain/finding.js';
import { presumeAll, type Presuming } from '../../src/entries/domain/presumption.js';
import type { Counting } from '../../src/entries/domain/standing.js';
import { rangeOf } from '../../src/time/day-range.js';
import type { Possible } from '../../src/time/possibility.js';
import { date, numbered } from './event-builder.js';

/** How a history is read: whose word counts, and what is presumed. */
export interface Read {
  readonly presume?: Presuming;
  readonly counting?: Counting;
}

/** An agreement as its events tell it, to be asked day by day. */
export class AgreementHistory {
  readonly parts: ReturnType<typeof agreementParts>;

  constructor(events: readonly RegisterEvent[], { presume, counting }: Read = {}) {
    const known = numbered(events);
    this.parts = agreementParts(known, counting ?? 'approved', presume ?? presumeAll);
  }

  /** Every possible content of a part on a day; nothing where no act speaks of it. */
  on<C>(part: string, day: string): Possible<C> {
    const at = dayOf(day);
    const segment = this.parts.get(part)?.find(({ from, to }) => from <= at && at < to);
    return (segment?.contents ?? []) as Possible<C>;
  }

  contents<C>(part: string, day: string): readonly C[] {
    return this.on<C>(part, day).map((it) => it.content);
  }

  /** What a party's bond may be on a day: `bound`, or `notBegun`, `bound` where it is open. */
  bond(party: string, day: string): string {
    const states = this.contents<Bond>(`bond:${party}`, day).map((it) => it.state);
    return [...new Set(states)].sort().join(' or ');
  }

  obligation(provider: string, beneficiary: string, day: string): Finding {
    return finding(obligation(this.#onDay(day), { provider, beneficiary }));
  }

  use(provider: string, beneficiary: string, field: string, day: string): Finding {
    return finding(use(useFacts(this.#onDay(day)), { provider, beneficiary }, field));
  }

  #onDay(day: string): AgreementOnDay {
    return {
      outline: this.on<Outline>('outline', day),
      topology: this.on<Topology>('topology', day),
      service: this.on<Service>('service', day),
      bond: (party) => this.on<Bond>(`bond:${party}`, day),
    };
  }
}

/** The number of the one day that a date says. */
export function dayOf(text: string): number {
  const range = rangeOf(date(text));
  if (range === undefined || range.from !== range.to) throw new Error(`not a day: ${text}`);
  return range.from;
}
