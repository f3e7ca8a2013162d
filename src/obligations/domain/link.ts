import type { Support } from './support.js';

/**
 * How a party stands for another (domain § 5): `member` of a council, `whole`: a ward for its city, by
 * which what binds the city binds the ward; `ward`: a city for its ward, whose agreements show under
 * the city as the ward's; `organ`: a body for the organ through which it acts; `succession`: a
 * successor for its predecessor.
 */
export type LinkKind = 'member' | 'whole' | 'ward' | 'organ' | 'succession';

/** One step from a party to what it may stand for. */
export interface Link {
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
  /** Only entries that wait for approval speak of it: it decides nothing yet. */
  readonly waits?: true;
  /** Nobody recorded it: an open-ended group may have any member (県内全市町村). */
  readonly unrecorded?: true;
  /** The facts it leans on; whether a succession takes an agreement over may depend on which it is. */
  supports(agreement: string | undefined): readonly Support[];
}

/** What the register says of how parties stand for each other. */
export interface Links {
  /** Every link that may hold on some day, in an order that does not depend on how it was read. */
  from(party: string): readonly Link[];
  /** That the party has not ceased; nothing where no succession ends it. */
  existence(party: string): readonly Support[];
}
