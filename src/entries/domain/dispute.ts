import type { Numbered, RegisterEvent } from './event.js';
import { suppliers, type FieldName } from './content.js';

export interface Doubt {
  readonly dispute: string;
  /** The event that the dispute names. */
  readonly target: string;
  readonly field: FieldName;
  /** The disputer's value; absent where he has none. */
  readonly value?: unknown;
}

interface DisputeData {
  readonly event: string;
  readonly fields: readonly { readonly field: FieldName; readonly value?: unknown }[];
}

const structural: ReadonlySet<string> = new Set([
  'FactRetracted',
  'EntryApproved',
  'EntryRejected',
]);

/** Disputes that count: they stand, are neither settled nor withdrawn, and their target stands. */
export function openDoubts(standing: readonly Numbered[]): readonly Doubt[] {
  const ended = new Set(
    standing
      .filter(({ event }) => event.type === 'DisputeSettled' || event.type === 'DisputeWithdrawn')
      .map(({ event }) => (event.data as { readonly dispute: string }).dispute),
  );
  const byId = new Map(standing.map(({ event }) => [event.id, event]));
  return standing
    .filter(({ event }) => event.type === 'FactDisputed' && !ended.has(event.id))
    .flatMap(({ event }) => {
      const { event: target, fields } = event.data as DisputeData;
      const named = byId.get(target);
      if (named === undefined) return [];
      return fields
        .filter(({ field }) => supplies(named, field, standing))
        .map((it) => ({ dispute: event.id, target, ...it }));
    });
}

/** A doubted retraction or approval: whether it counts at all is what is open. */
export function isStructural(event: RegisterEvent): boolean {
  return structural.has(event.type);
}

/** Its target still supplies such a field: a field corrected since then is no longer the target's. */
function supplies(target: RegisterEvent, field: FieldName, standing: readonly Numbered[]): boolean {
  if (isStructural(target)) return true;
  if (target.type === 'FactCorrected') {
    const { event } = target.data as { readonly event: string };
    return suppliers(event, standing).get(field)?.by === target.id;
  }
  return !suppliers(target.id, standing).has(field);
}
