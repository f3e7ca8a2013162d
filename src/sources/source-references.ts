import { actType } from '../entries/domain/catalogue.js';
import type { StreamKind } from '../entries/domain/act-type.js';
import type { Field, Shape } from '../entries/domain/field.js';
import type { Fact } from './source-files.js';

/** Party names and `key:` references of an act, as they stand in the file. */
export function referencesIn(kind: StreamKind, fact: Fact): readonly string[] {
  const found: string[] = [];
  replaced(shapeOf(kind, fact), fact.data, (it) => {
    found.push(it);
    return it;
  });
  return found;
}

/** The act's data with every name and key in place of the id that `idOf` gives. */
export function withIds(
  kind: StreamKind,
  fact: Fact,
  idOf: (reference: string) => string,
): unknown {
  return replaced(shapeOf(kind, fact), fact.data, idOf);
}

function shapeOf(kind: StreamKind, fact: Fact): Shape {
  return actType(kind, fact.type)?.shape ?? {};
}

function replaced(
  shape: Shape,
  data: Readonly<Record<string, unknown>>,
  idOf: (reference: string) => string,
): unknown {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, inField(shape[name], value, idOf)]),
  );
}

function inField(
  field: Field<unknown> | undefined,
  value: unknown,
  idOf: (reference: string) => string,
): unknown {
  const { item, members, kind } = field ?? {};
  if (item !== undefined && Array.isArray(value)) {
    return value.map((it: unknown) => inField(item, it, idOf));
  }
  if (members !== undefined && typeof value === 'object' && value !== null) {
    return replaced(members, value as Readonly<Record<string, unknown>>, idOf);
  }
  if (typeof value !== 'string') return value;
  return kind === 'party' || kind === 'agreement' || kind === 'facility' ? idOf(value) : value;
}
