import { actsOf, actType } from '../entries/domain/catalogue.js';
import type { StreamKind } from '../entries/domain/act-type.js';
import type { Field, Shape } from '../entries/domain/field.js';

/** Puts another value in the place of each that names a party; awaited in order. */
export type Replace = (value: unknown, path: string) => Promise<unknown>;

/** An act's data with every party's place filled anew, as its schema knows them. */
export async function replaceParties(
  kind: StreamKind,
  type: string,
  data: unknown,
  path: string,
  replace: Replace,
): Promise<unknown> {
  if (type === 'FactCorrected' || type === 'FactDisputed') {
    const name = type === 'FactCorrected' ? ['old', 'new'] : ['value'];
    return inFieldValues(kind, data, path, name, replace);
  }
  return inRecord(actType(kind, type)?.shape ?? {}, data, path, replace);
}

/**
 * A correction or dispute names a field, and its values are that field's. Which act it is about is not
 * known here, so a field counts by its name; fields of one name hold the same kind of thing.
 */
async function inFieldValues(
  kind: StreamKind,
  data: unknown,
  path: string,
  members: readonly string[],
  replace: Replace,
): Promise<unknown> {
  if (!isRecord(data) || !Array.isArray(data['fields'])) return data;
  const fields: unknown[] = [];
  for (const [i, named] of (data['fields'] as unknown[]).entries()) {
    const field = isRecord(named) ? fieldNamed(kind, named['field']) : undefined;
    if (!isRecord(named) || field === undefined) {
      fields.push(named);
      continue;
    }
    const read = { ...named };
    for (const it of members) {
      if (Object.hasOwn(named, it)) {
        read[it] = await inField(field, named[it], `${path}.fields[${i}].${it}`, replace);
      }
    }
    fields.push(read);
  }
  return { ...data, fields };
}

function fieldNamed(kind: StreamKind, name: unknown): Field<unknown> | undefined {
  if (typeof name !== 'string') return undefined;
  const shapes = Object.values(actsOf(kind)).map((it) => it.shape);
  return shapes
    .flatMap((shape) => (Object.hasOwn(shape, name) ? [shape[name]] : []))
    .find((it) => it !== undefined && namesParties(it));
}

function namesParties(field: Field<unknown>): boolean {
  if (field.kind === 'party') return true;
  if (field.item !== undefined) return namesParties(field.item);
  return Object.values(field.members ?? {}).some(namesParties);
}

async function inRecord(shape: Shape, data: unknown, path: string, replace: Replace) {
  if (!isRecord(data)) return data;
  const read: Record<string, unknown> = { ...data };
  for (const [name, field] of Object.entries(shape)) {
    if (!Object.hasOwn(data, name) || !namesParties(field)) continue;
    read[name] = await inField(field, data[name], `${path}.${name}`, replace);
  }
  return read;
}

async function inField(
  field: Field<unknown>,
  value: unknown,
  path: string,
  replace: Replace,
): Promise<unknown> {
  if (field.kind === 'party') return replace(value, path);
  if (field.kind === 'record') return inRecord(field.members ?? {}, value, path, replace);
  const { item } = field;
  if (item === undefined || !Array.isArray(value)) return value;
  const read: unknown[] = [];
  for (const [i, it] of value.entries()) {
    read.push(await inField(item, it, `${path}[${i}]`, replace));
  }
  return read;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
