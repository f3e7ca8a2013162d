import type { DataOf, Shape } from './field.js';
import type { RegisterEvent } from './event.js';

/** The kinds of streams; each stream has one keeping body, named in its first event. */
export type StreamKind = 'agreement' | 'party' | 'facility' | 'proposal' | 'register';

/** One act of the vocabulary: the schema of its data, each field marked open or sealed. */
export interface ActType<S extends Shape = Shape> {
  /** Schema version; an older stored shape is raised by an upcaster. */
  readonly version: number;
  readonly shape: S;
  /** The act that makes a stream: it names the keeping body. */
  readonly opens?: true;
}

export type Catalogue = Readonly<Record<string, ActType>>;

export function act<S extends Shape>(shape: S): ActType<S> {
  return { version: 1, shape };
}

export function opening<S extends Shape>(shape: S): ActType<S> {
  return { version: 1, shape, opens: true };
}

/** The events of a catalogue, discriminated by type. */
export type EventOf<C extends Catalogue> = {
  [K in keyof C & string]: RegisterEvent<K, DataOf<C[K]['shape']>>;
}[keyof C & string];
