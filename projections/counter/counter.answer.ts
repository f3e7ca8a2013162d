import type { CounterVerdict } from '../../src/counter/domain/counter-verdict.js';
import type { Tie } from '../../src/counter/domain/eligibility.js';
import type { Reason } from '../../src/entries/domain/finding.js';
import type { Presumption } from '../../src/entries/domain/presumption.js';
import type { Answer } from '../../src/time/three-valued.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { DateOfAct } from '../mutual-use/signing-and-start.js';
import type { FacilityClaims } from '../mutual-use/facility-claims.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';

/** What a person may use where, on a day (domain § 7, `GET /api/counter`). */
export interface CounterAnswer extends Stamp {
  /** Who asks: each body that she is tied to, and as whose resident she counts besides. */
  readonly person: Readonly<Partial<Record<Tie, { party: PartyShown; as: readonly PartyShown[] }>>>;
  readonly purpose: { readonly field: string; readonly kind?: KindShown };
  /** The best that any partner offers. */
  readonly verdict: CounterVerdict;
  readonly word: string;
  /** Partners that she may use, perhaps under a condition; and those that may turn out so. */
  readonly total: { readonly certain: number; readonly possible: number };
  /** Those that help most come first. */
  readonly partners: readonly CounterRow[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
  /** Everybody who is not listed; absent where one partner was asked for. */
  readonly others?: Said;
}

export interface KindShown {
  readonly poi: string;
  readonly name: string;
}

/** A verdict with its words, and why. */
export interface Said {
  readonly verdict: CounterVerdict;
  readonly word: string;
  readonly sentence: string;
  readonly reasons: readonly Reason[];
  /** Entries that wait for approval and would change it. */
  readonly pending: readonly string[];
  readonly ask: Contact;
}

export interface CounterRow extends Said {
  readonly partner: PartyShown;
  /** The grounds on which she may or may not use it, the best one first; of many the first five. */
  readonly bases: readonly Basis[];
  /** How many grounds there are; whoever asks about this partner alone is told all of them. */
  readonly basesTotal: number;
}

export interface Basis {
  readonly kind: 'agreement' | 'ownRules';
  readonly verdict: CounterVerdict;
  readonly word: string;
  readonly sentence: string;
  /** What ties her to whom. */
  readonly eligibility: {
    readonly tie: Tie;
    readonly word: string;
    readonly to: PartyShown;
    /** As stated; empty where the source is silent, which is presumed to mean residents. */
    readonly stated: readonly {
      readonly basis: string;
      readonly service?: string;
      readonly condition?: string;
    }[];
  };
  readonly agreement?: AgreementShown;
  /** The 条例・規則 of a body's own rules. */
  readonly rule?: string;
  readonly clause: string | null;
  readonly source: { readonly document: string; readonly place?: string } | null;
  readonly signed: DateOfAct | null;
  readonly serviceStart: DateOfAct | null;
  readonly nextChange: NextChange | null;
  readonly facilities: Facilities;
  readonly bring: Listed;
  readonly limits: Listed;
  readonly exclusions: Listed;
  readonly contact: Contact;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  readonly unknowns: readonly string[];
  /** Entries that wait for approval and would change it. */
  readonly pending: readonly string[];
}

/** Counts as they are stated, beside them what the register lists, and the facilities themselves. */
export interface Facilities extends Omit<FacilityClaims, 'listed'> {
  /** On offer for certain on the day; null where the register has no list. */
  readonly listed: number | null;
  readonly offered: readonly {
    readonly facility: string;
    /** Its name of the day; null where the register does not know it. */
    readonly name: string | null;
    /** Whether it exists on the day. */
    readonly open: Answer;
  }[];
}

/** What is on record of a kind of terms: never lowers a verdict where it is missing. */
export interface Listed {
  readonly recorded: boolean;
  readonly items: readonly string[];
  /** 「記録なし、要問合せ」 and the like. */
  readonly word: string;
}

/** Whom to ring. */
export interface Contact {
  readonly party: PartyShown;
  readonly office: string | null;
  readonly telephone: string | null;
  readonly event?: string;
}

/** The next day, as known at n, on which the verdict or the terms are others. */
export interface NextChange {
  /** ISO 8601. */
  readonly on: string;
  readonly wareki: string;
  readonly verdict: CounterVerdict;
  readonly word: string;
  readonly what: 'verdict' | 'terms';
}
