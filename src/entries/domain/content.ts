import type { PartialDate } from '../../time/partial-date.js';
import type { Numbered, RegisterEvent } from './event.js';

/** A field of an act: its dates and order, or one of its data. */
export type FieldName = string;

interface Correction {
  readonly event: string;
  readonly fields: readonly {
    readonly field: FieldName;
    readonly old?: unknown;
    readonly new?: unknown;
  }[];
}

/** What a field of an act says; undefined where it says nothing. */
export function valueOf(event: RegisterEvent, field: FieldName): unknown {
  if (field === 'acted' || field === 'effective' || field === 'order') return event[field];
  const data = event.data as Readonly<Record<string, unknown>>;
  return Object.hasOwn(data, field) ? data[field] : undefined;
}

/** The act with another value in a field; the field is gone when the value is undefined. */
export function withValue(event: RegisterEvent, field: FieldName, value: unknown): RegisterEvent {
  if (field === 'acted' || field === 'effective' || field === 'order') {
    const { [field]: _, ...rest } = event;
    return value === undefined ? rest : { ...rest, [field]: value as PartialDate };
  }
  const { [field]: _, ...rest } = event.data as Readonly<Record<string, unknown>>;
  return { ...event, data: value === undefined ? rest : { ...rest, [field]: value } };
}

/** Which event supplies each corrected field of an act: the newest standing correction. */
export function suppliers(
  act: string,
  standing: readonly Numbered[],
): ReadonlyMap<FieldName, { readonly by: string; readonly value: unknown }> {
  const found = new Map<FieldName, { by: string; value: unknown }>();
  for (const { event } of standing) {
    if (event.type !== 'FactCorrected') continue;
    const correction = event.data as Correction;
    if (correction.event !== act) continue;
    for (const it of correction.fields) found.set(it.field, { by: event.id, value: it.new });
  }
  return found;
}

/** An act's content: the original's with, field by field, the newest standing correction. */
export function contentOf(act: RegisterEvent, standing: readonly Numbered[]): RegisterEvent {
  let content = act;
  for (const [field, { value }] of suppliers(act.id, standing)) {
    content = withValue(content, field, value);
  }
  return content;
}

/** The value that a field would have if one correction were not there. */
export function valueWithout(
  act: RegisterEvent,
  field: FieldName,
  correction: string,
  standing: readonly Numbered[],
): unknown {
  const others = standing.filter((it) => it.event.id !== correction);
  return valueOf(contentOf(act, others), field);
}
