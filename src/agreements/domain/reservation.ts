import type { Effect } from '../../entries/domain/effect.js';
import { verdict, type Verdict } from '../../entries/domain/finding.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';

/** One reservation, and the event that states it. */
export type Reservation = { readonly by: string } & Extract<
  AgreementEvent,
  { type: 'ReservationMade' }
>['data'];

/** 留保 of one party on a day; several stand side by side until it withdraws them. */
export interface Reservations {
  readonly made: readonly Reservation[];
}

export function reservationPart(slot: string): Part<Reservations> {
  return {
    key: slot,
    slots: [slot],
    read(sequence) {
      let made: Reservation[] = [];
      for (const { event } of sequence) {
        const act = event as AgreementEvent;
        if (act.type === 'ReservationMade') made.push({ by: act.id, ...act.data });
        else made = [];
      }
      return { made: made.sort((a, b) => (a.by < b.by ? -1 : 1)) };
    },
  };
}

/** Reservations leave each other alone; a withdrawal takes back what was made before it. */
export function besideReservations(it: Effect): Effect {
  return { ...it, commutes: (other) => other.kind === 'reserve' };
}

/** Those that may touch what the party gives to any of `towards` in a field. */
export function touching(
  { made }: Reservations,
  towards: readonly string[],
  field: string,
): readonly Reservation[] {
  return made.filter(
    (it) =>
      (it.fields === undefined || (it.fields as readonly string[]).includes(field)) &&
      (it.towards === undefined || it.towards.some((one) => towards.includes(one))),
  );
}

/**
 * What a reservation leaves of an obligation: nothing where it names the beneficiary or the field; how
 * far one reaches that names neither is open.
 */
export function unreserved(
  reservations: Reservations,
  towards: readonly string[],
  field: string,
): Verdict {
  const made = touching(reservations, towards, field);
  const named = made.filter((it) => it.fields !== undefined || it.towards !== undefined);
  if (named.length > 0)
    return verdict(
      'no',
      'reserved',
      named.map((it) => it.by),
    );
  if (made.length === 0) return { answer: 'yes', reasons: [], presumed: [] };
  return verdict(
    'undetermined',
    'reserved',
    made.map((it) => it.by),
  );
}
