import type { Principal } from '../src/identity/principal.js';
import type { Disclosure } from './disclosure.js';

/** Who asks: the public sees what is disclosed, staff also what their own bodies keep or stand in. */
export type Reader = Pick<Principal, 'kind' | 'grants'>;

export interface Visible {
  readonly disclosure: Disclosure;
  readonly keeper: string | undefined;
  readonly parties: Iterable<string>;
}

export function sees(reader: Reader, { disclosure, keeper, parties }: Visible): boolean {
  if (disclosure.disclosed) return true;
  const bodies = bodiesOf(reader);
  if (keeper !== undefined && bodies.has(keeper)) return true;
  for (const party of parties) if (bodies.has(party)) return true;
  return false;
}

/** Whether fields that are withheld from the public are shown to him. */
export function seesWithheld(reader: Reader, keeper: string | undefined): boolean {
  return keeper !== undefined && bodiesOf(reader).has(keeper);
}

export function bodiesOf(reader: Reader): ReadonlySet<string> {
  return new Set(reader.grants.map((it) => it.body));
}

/** Readers with the same sight get the same answers. */
export function sightOf(reader: Reader): string {
  return [...bodiesOf(reader)].sort().join();
}
