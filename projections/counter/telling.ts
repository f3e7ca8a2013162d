import type { Purpose } from '../../src/counter/domain/purpose.js';
import type { FacilityRecord } from '../facilities/facility-record.js';
import type { Incomplete } from '../incomplete.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { PartyNames } from '../party-names.js';
import type { Reader } from '../reader.js';
import type { StandIns } from './stand-ins.js';

/** What every part of the answer is told with. */
export interface Telling {
  readonly day: number;
  readonly purpose: Purpose;
  /** What she comes for, as a sentence names it. */
  readonly called: string;
  readonly reader: Reader;
  readonly names: PartyNames;
  readonly links: PartyLinks;
  readonly standIns: StandIns;
  readonly incomplete: Incomplete;
  /** Facilities on offer, where the register knows them. */
  readonly facility: (id: string) => FacilityRecord | undefined;
}
