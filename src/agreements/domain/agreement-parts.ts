import type { Numbered } from '../../entries/domain/event.js';
import { partRows, type PartRow, type Parts } from '../../entries/domain/part-rows.js';
import type { Presuming } from '../../entries/domain/presumption.js';
import { keptSegmentsOf, type KeptSegments } from '../../entries/domain/kept-segments.js';
import { actsAmong, readingsOf, type Reading } from '../../entries/domain/readings.js';
import { madeOf } from '../../entries/domain/remembered-readings.js';
import type { Counting } from '../../entries/domain/standing.js';
import { memoryOf } from '../../entries/domain/stream-memory.js';
import {
  tooManyReadings,
  unfoldAll,
  type Happening,
  type Part,
} from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';
import { bondOf } from './bond.js';
import { countsPart, describedPart, offeredPart, supersedesPart, throughPart } from './details.js';
import { effectsOf } from './effects.js';
import { agreementLeaning } from './leaning.js';
import { outlinePart } from './outline.js';
import { reservationPart } from './reservation.js';
import { scopePart } from './scope.js';
import { servicePart } from './service.js';
import { topologyPart } from './topology.js';

/** What the register says of an agreement, part by part and day by day, from its events up to some n. */
export function agreementRows(events: readonly Numbered[], presume: Presuming): readonly PartRow[] {
  const kept = memoryOf(events, 'agreement rows', noRows);
  if (kept.events === events && kept.length === events.length && kept.presume === presume) {
    return kept.rows;
  }
  const rows = partRows(events, (counting) => agreementParts(events, counting, presume));
  kept.events = events;
  kept.length = events.length;
  kept.presume = presume;
  kept.rows = rows;
  return rows;
}

/** The rows made last: the ledgers of a stream ask for them one after another. */
interface LastRows {
  events?: readonly Numbered[];
  length?: number;
  presume?: Presuming;
  rows: readonly PartRow[];
}

function noRows(): LastRows {
  return { rows: [] };
}

export function agreementParts(
  events: readonly Numbered[],
  counting: Counting,
  presume: Presuming,
): Parts {
  const readings = readingsOf(events, counting, agreementLeaning);
  if (readings === null) return tooMany(events, presume);
  const make = () => unfolded(readings, presume, keptSegmentsOf(events, presume));
  return madeOf(events, readings, presume, make);
}

function unfolded(readings: readonly Reading[], presume: Presuming, kept: KeptSegments): Parts {
  const happenings: readonly Happening[] = readings.map(({ when, acts }) => ({
    when,
    effects: effectsOf(
      acts.map(({ event }) => event as AgreementEvent),
      presume,
    ),
  }));
  return unfoldAll(happenings, partsTouched(happenings, presume), kept);
}

/** The parts that the effects speak of. */
function partsTouched(happenings: readonly Happening[], presume: Presuming): Part<unknown>[] {
  const slots = new Set(['topology', 'service']);
  for (const { effects } of happenings) {
    for (const it of effects) for (const slot of it.slots) slots.add(slot);
  }
  return [...slots].sort().flatMap((slot): Part<unknown>[] => {
    const colon = slot.indexOf(':');
    switch (colon < 0 ? slot : slot.slice(0, colon)) {
      case 'outline':
        return [outlinePart];
      case 'topology':
        return [topologyPart];
      case 'service':
        return [servicePart];
      case 'through':
        return [throughPart];
      case 'scope':
        return [scopePart];
      case 'reservation':
        return [reservationPart(slot)];
      case 'party':
        return [bondOf(slot.slice(colon + 1), presume)];
      case 'terms':
      case 'contact':
        return [describedPart(slot)];
      case 'count':
        return [countsPart(slot)];
      case 'facility':
        return [offeredPart(slot)];
      case 'supersedes':
        return [supersedesPart(slot)];
      default:
        return [];
    }
  });
}

/** More readings than are enumerated: every part that any of its acts touches is open. */
function tooMany(events: readonly Numbered[], presume: Presuming): Parts {
  const acts = actsAmong(events).map(({ event }) => event as AgreementEvent);
  return tooManyReadings(partsTouched([{ when: {}, effects: effectsOf(acts, presume) }], presume));
}
