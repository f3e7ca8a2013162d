import { actType } from './catalogue.js';
import type { StreamKind } from './act-type.js';
import type { RegisterEvent } from './event.js';
import type { Field, FieldKind, Shape } from './field.js';

export interface Reference {
  readonly kind: 'party' | 'agreement' | 'facility';
  readonly id: string;
  /** Where it stands in the act's data, `data.parties[0].party`. */
  readonly path: string;
}

const referring: ReadonlySet<FieldKind> = new Set(['party', 'agreement', 'facility']);

/**
 * Every party, agreement and facility that an act names; a correction, by the fields that it corrects.
 * @param target the act that a correction names
 */
export function referencesOf(
  kind: StreamKind,
  event: RegisterEvent,
  target?: RegisterEvent,
): readonly Reference[] {
  if (event.type !== 'FactCorrected' || target === undefined) {
    return within(actType(kind, event.type)?.shape ?? {}, event.data, 'data');
  }
  const shape = actType(kind, target.type)?.shape ?? {};
  const { fields } = event.data as {
    readonly fields: readonly { readonly field: string; readonly new?: unknown }[];
  };
  return fields.flatMap((it, i) => {
    const field = Object.hasOwn(shape, it.field) ? shape[it.field] : undefined;
    return field === undefined ? [] : inField(field, it.new, `data.fields[${i}].new`);
  });
}

function within(shape: Shape, data: unknown, path: string): readonly Reference[] {
  if (typeof data !== 'object' || data === null) return [];
  const values = data as Readonly<Record<string, unknown>>;
  return Object.entries(shape).flatMap(([name, field]) =>
    inField(field, values[name], `${path}.${name}`),
  );
}

function inField(field: Field<unknown>, value: unknown, path: string): readonly Reference[] {
  if (value === undefined) return [];
  if (field.kind === 'list' && Array.isArray(value) && field.item !== undefined) {
    const { item } = field;
    return value.flatMap((it: unknown, i) => inField(item, it, `${path}[${i}]`));
  }
  if (field.kind === 'record') return within(field.members ?? {}, value, path);
  if (!referring.has(field.kind) || typeof value !== 'string') return [];
  return [{ kind: field.kind as Reference['kind'], id: value, path }];
}
