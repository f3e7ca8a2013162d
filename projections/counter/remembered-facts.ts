import { useFacts, type UseFacts } from '../../src/agreements/domain/obligation.js';
import type { Pair } from '../../src/agreements/domain/topology.js';
import { conditionsOn, eligibleUnder, type Tie } from '../../src/counter/domain/eligibility.js';
import type { Verdicts } from '../../src/entries/domain/finding.js';
import type { AgreementRecord } from '../agreement-record.js';
import { concerns } from '../concerns.js';

/** What an agreement's parts say on a day, each judged once: its grounds share most of them. */
export class RememberedFacts implements UseFacts {
  private readonly facts: UseFacts;
  private readonly bonds = new Map<string, Verdicts>();
  private readonly services = new Map<string, Map<string, Verdicts>>();
  private readonly eligible = new Map<string, Map<string, Verdicts>>();
  private readonly conditional = new Map<string, Map<string, readonly string[]>>();
  private readonly abouts = new Map<string, Verdicts>();

  constructor(private readonly agreement: AgreementRecord) {
    this.facts = useFacts(agreement);
  }

  bond(party: string): Verdicts {
    const made = this.bonds.get(party) ?? this.facts.bond(party);
    this.bonds.set(party, made);
    return made;
  }

  owed(pair: Pair, field: string): Verdicts {
    return this.facts.owed(pair, field);
  }

  served(provider: string, field: string): Verdicts {
    return remembered(this.services, field, provider, () => this.facts.served(provider, field));
  }

  /** Whether the agreement is about the field on the day. */
  about(field: string): Verdicts {
    const made = this.abouts.get(field) ?? concerns(this.agreement.outline, field);
    this.abouts.set(field, made);
    return made;
  }

  /** Conditions on which what the provider asks for lets in who is tied to the beneficiary. */
  conditions(provider: string, field: string, tie: Tie): readonly string[] {
    return remembered(this.conditional, `${tie} ${field}`, provider, () =>
      conditionsOn(this.agreement.terms(provider, field), tie),
    );
  }

  /** Whether what the provider asks for in the field lets in who is tied to the beneficiary. */
  lets(provider: string, field: string, tie: Tie): Verdicts {
    return remembered(this.eligible, `${tie} ${field}`, provider, () =>
      eligibleUnder(this.agreement.terms(provider, field), tie),
    );
  }
}

function remembered<T>(
  all: Map<string, Map<string, T>>,
  of: string,
  provider: string,
  make: () => T,
): T {
  const mine = all.get(of) ?? new Map<string, T>();
  all.set(of, mine);
  const made = mine.get(provider) ?? make();
  mine.set(provider, made);
  return made;
}
