import type { PartyKind } from '../../src/parties/domain/party-kind.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';

export interface PartyListed extends PartyShown {
  readonly kana: string | null;
  readonly kind: PartyKind | null;
  readonly corporateNumber: string | null;
  readonly prefecture: string | null;
  /** Entries that wait for approval and would change it. */
  readonly pending: readonly string[];
}

export interface PartiesAnswer extends Stamp {
  readonly parties: readonly PartyListed[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

/** How a party was found; a name may be that of another day. */
export type FoundBy = 'id' | 'code' | 'corporateNumber' | 'name' | 'kana' | 'nameOfAnotherDay';

export interface FindPartyAnswer extends Stamp {
  /** One, where the text is unambiguous; several, or none. */
  readonly parties: readonly (PartyListed & { readonly by: FoundBy })[];
}
