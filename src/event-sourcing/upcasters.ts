import type { RegisterEvent } from '../entries/domain/event.js';

/** Raises an event by one schema version; the stored text never changes. */
export type Upcaster = (event: RegisterEvent) => RegisterEvent;

/** By stream kind, type and the version that is raised: `agreement/TermAgreed@1`. */
export type Upcasters = ReadonlyMap<string, Upcaster>;

export const upcasters: Upcasters = new Map();
