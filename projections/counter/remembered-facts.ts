import { useFacts, type UseFacts } from '../../src/agreements/domain/obligation.js';
import type { Pair } from '../../src/agreements/domain/topology.js';
import { conditionsOn, eligibleUnder, type Tie } from '../../src/counter/domain/eligibility.js';
import type { Verdicts } from '../../src/entries/domain/finding.js';
import type { AgreementRecord } from '../agreement-record.js';
import { concerns } from '../concerns.js';
import { Remembered } from './remembered.js';

/** What an agreement's parts say on a day, each judged once: its grounds share most of them. */
export class RememberedFacts implements UseFacts {
  private readonly facts: UseFacts;
  private readonly bonds = new Remembered<[party: string], Verdicts>((it) => this.facts.bond(it));
  private readonly services = new Remembered<[field: string, provider: string], Verdicts>(
    (field, provider) => this.facts.served(provider, field),
  );
  private readonly abouts = new Remembered<[field: string], Verdicts>((field) =>
    concerns(this.agreement.outline, field),
  );
  private readonly eligible = new Remembered<[Tie, field: string, provider: string], Verdicts>(
    (tie, field, provider) => eligibleUnder(this.agreement.terms(provider, field), tie),
  );
  private readonly conditional = new Remembered<
    [Tie, field: string, provider: string],
    readonly string[]
  >((tie, field, provider) => conditionsOn(this.agreement.terms(provider, field), tie));

  constructor(private readonly agreement: AgreementRecord) {
    this.facts = useFacts(agreement);
  }

  bond(party: string): Verdicts {
    return this.bonds.of(party);
  }

  owed(pair: Pair, field: string): Verdicts {
    return this.facts.owed(pair, field);
  }

  served(provider: string, field: string): Verdicts {
    return this.services.of(field, provider);
  }

  /** Whether the agreement is about the field on the day. */
  about(field: string): Verdicts {
    return this.abouts.of(field);
  }

  /** Conditions on which what the provider asks for lets in who is tied to the beneficiary. */
  conditions(provider: string, field: string, tie: Tie): readonly string[] {
    return this.conditional.of(tie, field, provider);
  }

  /** Whether what the provider asks for in the field lets in who is tied to the beneficiary. */
  lets(provider: string, field: string, tie: Tie): Verdicts {
    return this.eligible.of(tie, field, provider);
  }
}
