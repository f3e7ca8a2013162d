import type { PartyKind } from '../../src/parties/domain/party-kind.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';

export interface PartyListed extends PartyShown {
  readonly kana: string | null;
  readonly kind: PartyKind | null;
  readonly corporateNumber: string | null;
  readonly prefecture: string | null;
  /** The city of a ward, the body of an organ, by its name of the day. */
  readonly whole?: PartyShown;
  /** Entries that wait for approval and would change it. */
  readonly pending: readonly string[];
}

export interface PartiesAnswer extends Stamp {
  readonly parties: readonly PartyListed[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

/** How a party was found; a code or a name may be that of another day. */
export type FoundBy =
  'id' | 'code' | 'corporateNumber' | 'name' | 'kana' | 'codeOfAnotherDay' | 'nameOfAnotherDay';

export interface PartyFound extends PartyListed {
  readonly by: FoundBy;
  /** It is no more on the day: others have taken its place. */
  readonly ceased?: true;
  /** Who has taken its place by the day, or may have. */
  readonly successors?: readonly PartyShown[];
}

export interface FindPartyAnswer extends Stamp {
  /** One, where the text is unambiguous; several, or none. */
  readonly parties: readonly PartyFound[];
}
