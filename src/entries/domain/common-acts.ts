import { act, type EventOf } from './act-type.js';
import { list, open, optional, record } from './field.js';
import { eventId, json, sha256, text } from './field-kinds.js';

const doubted = record({
  field: open(text(100)),
  /** The disputer's value, where he has one. */
  value: optional(open(json())),
});

const corrected = record({
  field: open(text(100)),
  old: optional(open(json())),
  new: optional(open(json())),
});

/** Approvals, corrections, retractions and disputes exist on every kind of stream (domain § 8). */
export const commonActs = {
  EntryApproved: act({ entry: open(eventId()), digest: open(sha256()) }),
  EntryRejected: act({ entry: open(eventId()), digest: open(sha256()) }),
  FactCorrected: act({ event: open(eventId()), fields: list(corrected, 1) }),
  FactRetracted: act({ events: list(open(eventId()), 1) }),
  FactDisputed: act({ event: open(eventId()), fields: list(doubted, 1) }),
  DisputeSettled: act({ dispute: open(eventId()) }),
  DisputeWithdrawn: act({ dispute: open(eventId()) }),
};

export type CommonEvent = EventOf<typeof commonActs>;
