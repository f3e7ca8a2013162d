import type { Purpose } from '../../src/counter/domain/purpose.js';
import type { FacilityRecord } from '../facilities/facility-record.js';
import type { Incomplete } from '../incomplete.js';
import type { PartiesKnown } from '../kept/parties-known.js';
import type { PartyNames } from '../party-names.js';
import type { Reader } from '../reader.js';
import type { Support } from '../../src/obligations/domain/support.js';
import type { Around } from './around.js';
import type { StandIns } from './stand-ins.js';

/** What every part of the answer is told with. */
export interface Telling {
  readonly day: number;
  readonly purpose: Purpose;
  /** What she comes for, as a sentence names it. */
  readonly called: string;
  readonly reader: Reader;
  readonly names: PartyNames;
  readonly parties: PartiesKnown;
  readonly around: Around;
  readonly standIns: StandIns;
  /** What a body states of its list of the field being whole; nothing where it is silent. */
  readonly coverage: (body: string) => readonly Support[];
  readonly incomplete: Incomplete;
  /** Facilities on offer, where the register knows them. */
  readonly facility: (id: string) => FacilityRecord | undefined;
}
