import type { FacilityEvent } from './acts.js';

/** What an act says of a facility, each value by a name of its own: `name`, `opening.days`. */
export type Stated = Readonly<Record<string, string | number>>;

type Described = Extract<FacilityEvent, { type: 'FacilityChanged' }>['data'];

const apart: ReadonlySet<string> = new Set(['owner', 'row', 'cells', 'accessibility']);

/** Every value of an act's data by its name; a part of an address or a feature is a value of its own. */
export function statedIn(data: Described): Stated {
  const stated: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(data)) {
    if (apart.has(name) || value === undefined) continue;
    if (typeof value === 'string' || typeof value === 'number') stated[name] = value;
    else if (!Array.isArray(value)) {
      for (const [member, said] of Object.entries(value)) {
        if (typeof said === 'string') stated[`${name}.${member}`] = said;
      }
    }
  }
  for (const { feature, written } of data.accessibility ?? []) {
    stated[`accessibility.${feature}`] = written;
  }
  return stated;
}

/** The same values as an act's data has them. */
export function nested(stated: Stated): Readonly<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  const accessibility: { feature: string; written: string | number }[] = [];
  for (const [key, value] of Object.entries(stated)) {
    const [name = '', member] = key.split('.');
    if (member === undefined) data[name] = value;
    else if (name === 'accessibility') accessibility.push({ feature: member, written: value });
    else data[name] = { ...(data[name] as object | undefined), [member]: value };
  }
  return accessibility.length === 0 ? data : { ...data, accessibility };
}
