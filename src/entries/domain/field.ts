import type { PartialDate } from '../../time/partial-date.js';
import type { Fault } from './refusal.js';

/** In an event a sealed value is only its commitment (HMAC); the value lies in the vault. */
export interface Sealed {
  readonly sealed: string;
}

/** How raw input is read: every fault is collected, and sealed text leaves the data at once. */
export interface Reading {
  readonly faults: Fault[];
  seal(path: string, value: string): Sealed;
}

/** JSON Schema of a field, for OpenAPI. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type FieldKind =
  | 'text'
  | 'date'
  | 'party'
  | 'agreement'
  | 'facility'
  | 'event'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'word'
  | 'hash'
  | 'json'
  | 'list'
  | 'record';

/** A field before anybody said whether it is open or sealed. No shape accepts one. */
export interface Unmarked<T> {
  readonly kind: FieldKind;
  readonly schema: JsonSchema;
  read(raw: unknown, path: string, reading: Reading): T | undefined;
}

/** A field of an event, marked open or sealed (domain § 8), and perhaps left out. */
export interface Field<T> extends Unmarked<T> {
  readonly mark: 'open' | 'sealed';
  readonly optional: boolean;
  readonly item?: Field<unknown>;
  readonly members?: Shape;
}

export type Shape = Readonly<Record<string, Field<unknown>>>;

type Present<S extends Shape> = {
  readonly [K in keyof S as S[K] extends Optional<unknown> ? never : K]: Value<S[K]>;
};
type Absent<S extends Shape> = {
  readonly [K in keyof S as S[K] extends Optional<unknown> ? K : never]?: Value<S[K]>;
};
export type Value<F> = F extends Field<infer T> ? T : never;
/** The data that a shape describes. */
export type DataOf<S extends Shape> = Present<S> & Absent<S>;
export type Optional<T> = Field<T> & { readonly optional: true };

/** Everybody may see it, wherever the agreement is disclosed. */
export function open<T>(field: Unmarked<T>): Field<T> {
  return { ...field, mark: 'open', optional: false };
}

/** Personal data and free remarks: the event keeps a commitment, the vault the value. */
export function sealed(field: Unmarked<string>): Field<Sealed> {
  return {
    kind: field.kind,
    schema: { ...field.schema, 'x-sealed': true },
    mark: 'sealed',
    optional: false,
    read(raw, path, reading) {
      const value = field.read(raw, path, reading);
      return value === undefined ? undefined : reading.seal(path, value);
    },
  };
}

export function optional<T>(field: Field<T>): Optional<T> {
  return { ...field, optional: true };
}

/** Several of the same, at most 2,000. */
export function list<T>(item: Field<T>, least = 0): Field<readonly T[]> {
  return {
    kind: 'list',
    mark: 'open',
    optional: false,
    item,
    schema: { type: 'array', items: item.schema, minItems: least, maxItems: 2000 },
    read(raw, path, reading) {
      if (!Array.isArray(raw) || raw.length < least || raw.length > 2000) {
        fault(reading, path, 'field/list', raw, `${least}件以上2000件以下の配列`);
        return undefined;
      }
      const read = raw.map((one: unknown, i) => item.read(one, `${path}[${i}]`, reading));
      return read.every((one) => one !== undefined) ? read : undefined;
    },
  };
}

/** Named members; a member that the shape does not know is refused. */
export function record<S extends Shape>(members: S): Field<DataOf<S>> {
  return {
    kind: 'record',
    mark: 'open',
    optional: false,
    members,
    schema: recordSchema(members),
    read: (raw, path, reading) => readRecord(members, raw, path, reading),
  };
}

/** Reads named members into data, reporting every fault; undefined when there was any. */
export function readRecord<S extends Shape>(
  members: S,
  raw: unknown,
  path: string,
  reading: Reading,
): DataOf<S> | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    fault(reading, path, 'field/record', raw, '項目を持つオブジェクト');
    return undefined;
  }
  const before = reading.faults.length;
  const given = raw as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(members, name)) {
      const known = Object.keys(members).join('、');
      fault(reading, join(path, name), 'field/unknown', given[name], `次のいずれか: ${known}`);
    }
  }
  const data: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === null) {
      if (!member.optional) fault(reading, join(path, name), 'field/missing', value, '必須の項目');
      continue;
    }
    data[name] = member.read(value, join(path, name), reading);
  }
  return reading.faults.length === before ? (data as DataOf<S>) : undefined;
}

export function fault(
  reading: Reading,
  field: string,
  code: string,
  raw: unknown,
  expected: string,
): undefined {
  const read = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '');
  reading.faults.push({ field, code, read: Array.from(read).slice(0, 80).join(''), expected });
  return undefined;
}

function recordSchema(members: Shape): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(members).map(([k, it]) => [k, it.schema])),
    required: Object.entries(members).flatMap(([k, it]) => (it.optional ? [] : [k])),
  };
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

export type DateField = Field<PartialDate>;
