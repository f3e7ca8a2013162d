import type { Effect } from '../../entries/domain/effect.js';
import { verdict, type Verdict } from '../../entries/domain/finding.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';

type Stated = Extract<AgreementEvent, { type: 'ScopeStated' }>['data'];

/** One statement of the areas to which an obligation is confined. */
export type Area = { readonly by: string } & Stated;

/** 区域: what is stated of each provider and each set of fields; without any, no area is excepted. */
export interface Scope {
  readonly areas: readonly Area[];
}

/** A later statement about the same provider and fields takes the place of the earlier one. */
export const scopePart: Part<Scope> = {
  key: 'scope',
  slots: ['scope'],
  read(sequence) {
    const areas = new Map<string, Area>();
    for (const { event } of sequence) {
      const { data } = event as Extract<AgreementEvent, { type: 'ScopeStated' }>;
      areas.set(subjectOf(data), { by: event.id, ...data });
    }
    return { areas: [...areas.values()].sort((a, b) => (a.by < b.by ? -1 : 1)) };
  },
};

/** Statements about different providers or fields leave each other alone. */
export function besideOtherScopes(it: Effect): Effect {
  const mine = subjectOf(it.event.data as Stated);
  return { ...it, commutes: (other) => subjectOf(other.event.data as Stated) !== mine };
}

/** The areas to which what a provider owes in a field is confined. */
export function areasFor({ areas }: Scope, provider: string, field: string): readonly Area[] {
  return areas.filter(
    (it) =>
      (it.provider === undefined || it.provider === provider) &&
      (it.fields === undefined || (it.fields as readonly string[]).includes(field)),
  );
}

/**
 * Whether an obligation confined to some areas concerns a ward: another ward of a city whose wards are
 * named is outside. `sisters`: those of the named wards that are of its own city.
 */
export function concernsWard(
  areas: readonly Area[],
  ward: string,
  sisters: (named: readonly string[]) => readonly string[],
): Verdict {
  for (const { by, wards = [] } of areas) {
    if (wards.includes(ward) || sisters(wards).length === 0) continue;
    return verdict('no', 'outside-scope', [by]);
  }
  return { answer: 'yes', reasons: [], presumed: [] };
}

function subjectOf({ provider, fields }: Stated): string {
  return JSON.stringify([provider, fields?.toSorted()]);
}
