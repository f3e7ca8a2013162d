import { warningsOf, type Warning } from '../agreements/domain/warnings.js';
import type { FacilityEvent } from '../facilities/domain/acts.js';
import { facilityWarnings, type FacilityWarning } from '../facilities/domain/warnings.js';
import type { OfferWarning } from './offered-facilities.js';
import type { Numbered, RegisterEvent } from './domain/event.js';
import { Timeline } from './domain/timeline.js';
import { entryDigest } from './entry-digest.js';
import type { StreamRef } from './stream-names.js';

export type AnyWarning = Warning | FacilityWarning | OfferWarning;

/** What a command answers, the first time and every time it is repeated. */
export interface CommandResult {
  /** Id of the agreement, party, facility or proposal. */
  readonly id: string;
  readonly stream: string;
  readonly entry?: string;
  /** Digest to name when approving the entry. */
  readonly digest?: string;
  readonly events: readonly string[];
  /** Revision of the stream after it: the ETag. */
  readonly revision: number;
  /** Register number of its last event: a reader may ask for at least this. */
  readonly n: number;
  readonly at: string;
  /** What is odd about the record after it: stated and flagged, never refused. */
  readonly warnings: readonly AnyWarning[];
  /** Whether this very command had been carried out before. */
  readonly repeated: boolean;
}

/** What is odd about a record as it stands, pending entries included. */
export function warningsAfter(ref: StreamRef, events: readonly Numbered[]): readonly AnyWarning[] {
  if (ref.kind === 'facility') {
    return facilityWarnings(new Timeline(events).acts as readonly FacilityEvent[]);
  }
  if (ref.kind !== 'agreement') return [];
  return warningsOf(
    new Timeline(events).acts.map(({ id, type, acted, effective }) => ({
      event: id,
      type,
      ...(acted === undefined ? {} : { acted }),
      ...(effective === undefined ? {} : { effective }),
    })),
  );
}

/** The answer to a command, made of the events that it stored. */
export function resultOf(
  ref: StreamRef,
  stream: string,
  events: readonly RegisterEvent[],
  bodies: readonly { readonly body: string }[],
  last: Pick<CommandResult, 'n' | 'revision' | 'at' | 'warnings' | 'repeated'>,
): CommandResult {
  const entry = events[0]?.entry;
  const digest = entryDigest(bodies.map((it) => it.body));
  const { n, revision, at, warnings, repeated } = last;
  return {
    id: ref.id,
    stream,
    ...(entry === undefined ? {} : { entry, digest }),
    events: events.map((it) => it.id),
    revision,
    n,
    at,
    warnings,
    repeated,
  };
}
