import type { Field, Reading, Shape } from '../../src/entries/domain/field.js';
import { partyEntries, entries } from './fact-files.js';

/** Stands for the id that a name is given when the facts are loaded. */
const anId = '00000000-0000-4000-8000-000000000000';

const partyNames = new Set(partyEntries.map((it) => it.acts[0]?.data['name']));
const partyKeys = new Set(partyEntries.map((it) => it.key));
const agreementKeys = new Set(entries.filter((it) => it.opens === 'agreement').map((it) => it.key));

/** A value with the kind of its field, wherever in the data it lies. */
export interface Leaf {
  readonly kind: Field<unknown>['kind'];
  readonly value: unknown;
}

export function leavesOf(shape: Shape, data: Readonly<Record<string, unknown>>): readonly Leaf[] {
  return Object.entries(shape).flatMap(([name, field]) => leaves(field, data[name]));
}

function leaves(field: Field<unknown>, value: unknown): readonly Leaf[] {
  if (value === undefined) return [];
  const { item, members } = field;
  if (item) return (value as unknown[]).flatMap((it) => leaves(item, it));
  if (members) return leavesOf(members, value as Record<string, unknown>);
  return [{ kind: field.kind, value }];
}

/** The data as a command carries it: every name and key that resolves gives place to an id. */
export function withIds(shape: Shape, data: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, withId(shape[name], value)]),
  );
}

function withId(field: Field<unknown> | undefined, value: unknown): unknown {
  const { item, members } = field ?? {};
  if (item) return (value as unknown[]).map((it) => withId(item, it));
  if (members) return withIds(members, value as Record<string, unknown>);
  if (field?.kind === 'party') return resolves(value) ? anId : value;
  if (field?.kind === 'agreement') return agreementKeys.has(keyIn(value) ?? '') ? anId : value;
  return value;
}

/** A party stands as its registered name, or as `key:` and its key. */
export function resolves(reference: unknown): boolean {
  const key = keyIn(reference);
  return key === undefined ? partyNames.has(reference) : partyKeys.has(key);
}

function keyIn(reference: unknown): string | undefined {
  return typeof reference === 'string' && reference.startsWith('key:')
    ? reference.slice('key:'.length)
    : undefined;
}

export function reading(): Reading {
  return { faults: [], seal: (_path, value) => ({ sealed: value }) };
}
