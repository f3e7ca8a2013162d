import type { Part } from '../../entries/domain/unfold.js';
import type { RegisterEvent } from '../../entries/domain/event.js';
import type { AgreementEvent } from './acts.js';

type DataOfType<T extends AgreementEvent['type']> = Extract<AgreementEvent, { type: T }>['data'];

export interface Through {
  readonly ways: readonly ({ readonly by: string } & DataOfType<'BoundThroughStated'>)[];
}

/** Whether a statement says that an umbrella binds in the field: without any, in all of its own. */
export function isAbout({ fields }: Through['ways'][number], field: string): boolean {
  return fields === undefined || (fields as readonly string[]).includes(field);
}

/** An umbrella, as reported: several statements stand side by side. */
export const throughPart: Part<Through> = {
  key: 'through',
  slots: ['through'],
  read: (sequence) => ({ ways: byId(sequence.map(({ event }) => stated(event))) }),
};

/** The newest description of a day: terms of use, a contact; nothing while none is stated. */
export interface Described<D> {
  readonly stated: ({ readonly by: string } & D) | null;
}

export function describedPart<D>(slot: string): Part<Described<D>> {
  return {
    key: slot,
    slots: [slot],
    read(sequence) {
      const last = sequence.at(-1);
      return { stated: last === undefined ? null : stated<D>(last.event) };
    },
  };
}

export type Terms = Described<DataOfType<'TermsOfUseSet'>>;
export type Contact = Described<DataOfType<'ContactStated'>>;

export interface Offered {
  readonly state: 'notOffered' | 'offered' | 'withdrawn';
  readonly by: readonly string[];
}

export function offeredPart(slot: string): Part<Offered> {
  return {
    key: slot,
    slots: [slot],
    read(sequence) {
      const last = sequence.at(-1);
      if (last === undefined) return { state: 'notOffered', by: [] };
      return { state: last.kind === 'offer' ? 'offered' : 'withdrawn', by: [last.event.id] };
    },
  };
}

/** 利用可能な施設数: claims with their own day and source; two for one thing stand side by side. */
export interface Counts {
  readonly claims: readonly ({ readonly by: string } & DataOfType<'FacilitiesCounted'>)[];
}

export function countsPart(slot: string): Part<Counts> {
  return {
    key: slot,
    slots: [slot],
    read: (sequence) => ({
      claims: byId(sequence.map(({ event }) => stated(event))),
    }),
  };
}

export interface Superseding {
  readonly begun: boolean;
  readonly by: readonly string[];
}

export function supersedesPart(slot: string): Part<Superseding> {
  return {
    key: slot,
    slots: [slot],
    read: (sequence) => ({
      begun: sequence.length > 0,
      by: sequence.map(({ event }) => event.id).sort(),
    }),
  };
}

function byId<D extends { readonly by: string }>(all: readonly D[]): readonly D[] {
  return all.toSorted((a, b) => (a.by < b.by ? -1 : 1));
}

function stated<D>(event: RegisterEvent): { readonly by: string } & D {
  return { by: event.id, ...(event.data as D) };
}
