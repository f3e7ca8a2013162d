import type { AgreementRecord } from '../agreement-record.js';
import type { Incomplete } from '../incomplete.js';
import { seen } from '../mutual-use/mutual-use.rows.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { SpanRow } from '../obligations/span.js';
import { seesWithheld, type Reader } from '../reader.js';
import { agreementsOf } from './agreements-of.js';
import type { Carriers } from './carriers.js';
import type { Asked, Found, Way } from './found-path.js';
import { foundAmong, waits, type Weighing } from './weighing.js';
import { waysOf } from './ways.js';

/** What the register holds that may bind the one to the other, at one n. */
export interface Read {
  readonly links: PartyLinks;
  readonly carriers: Carriers;
  /** Rows of the agreements in which their carriers stand or are named, and of what replaces those. */
  readonly agreements: readonly SpanRow[];
  /** Rows by which the two state that their lists of the field are whole. */
  readonly coverages: readonly SpanRow[];
}

/** The ways from the one to the other: all there are, and those that the reader may see. */
export interface Searched {
  readonly weighing: Weighing;
  readonly found: readonly Found[];
  readonly visible: readonly Found[];
  /** Visible ways that only entries waiting for approval lead. */
  readonly waiting: readonly Way[];
}

/** Who may see an agreement hangs on no day. */
export function search(asked: Asked, read: Read, incomplete: Incomplete, day: number): Searched {
  const { links, carriers, agreements, coverages } = read;
  const { found: ways, cut } = waysOf(asked, carriers, links, agreementsOf(agreements));
  const visible = (it: Way) => tellsParties(it.agreement.record(day), asked.reader);
  const found = foundAmong(ways, incomplete);
  return {
    weighing: { asked, links, incomplete, coverages, cut },
    found,
    visible: found.filter(visible),
    waiting: ways.filter(waits).filter(visible),
  };
}

/** A path names who stands in the agreement: where the parties are withheld there is none to show. */
export function tellsParties(agreement: AgreementRecord, reader: Reader): boolean {
  const { disclosure, keeper } = agreement;
  if (disclosure.withheld.includes('parties') && !seesWithheld(reader, keeper)) return false;
  return seen(agreement, reader);
}
