import { randomBytes } from 'node:crypto';
import { canonicalText } from '../event-sourcing/canonical-json.js';
import type { NewEvent } from '../event-sourcing/event-store.js';
import type { Actor, Authority, RegisterEvent, Source } from './domain/event.js';
import type { Sealed } from './domain/field.js';
import type { PartialDate } from '../time/partial-date.js';
import { eventId } from './command-identity.js';

/** An act as it was read, before it has a place in a stream. */
export interface Draft {
  readonly type: string;
  readonly v: number;
  readonly data: unknown;
  readonly acted?: PartialDate;
  readonly effective?: PartialDate;
  readonly order?: number;
  readonly authority?: Authority;
  readonly reason?: Sealed;
  readonly source?: Source;
}

/** What the events of one append share. */
export interface Occasion {
  readonly stream: string;
  /** Revision of the first event. */
  readonly revision: number;
  readonly actor: Actor;
  readonly entry?: string;
  readonly paper?: string;
  readonly command: { readonly id: string; readonly digest: string };
  readonly recordedAt: string;
  readonly correlation?: string;
  readonly causation?: string;
}

/** The events of one append, each with its full envelope and a salt of its own. */
export function enveloped(drafts: readonly Draft[], occasion: Occasion): readonly RegisterEvent[] {
  const { revision, correlation, ...shared } = occasion;
  return drafts.map((draft, i) => ({
    ...draft,
    ...shared,
    id: eventId(shared.command.id, i),
    revision: revision + i,
    correlation: correlation ?? shared.command.id,
    salt: randomBytes(16).toString('base64url'),
  }));
}

/** An event as the store keeps it: its canonical text. @throws UnlawfulJson */
export function stored(event: RegisterEvent): NewEvent {
  return {
    id: event.id,
    type: event.type,
    recordedAt: event.recordedAt,
    body: canonicalText(event),
  };
}
