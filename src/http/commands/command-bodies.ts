import { list, open, optional } from '../../entries/domain/field.js';
import { eventId, json, sha256, text, word } from '../../entries/domain/field-kinds.js';
import { entryKinds, streamRef, uuid } from '../request-fields.js';

/** One paper that touches several streams makes an entry on each; they share this id. */
export const sharedInBody = {
  paper: optional(open(uuid('paper/id', '同じ文書から作る登録票に共通のid(小文字のUUID)'))),
};

/** What an entry says for each of its acts that is silent; each act reads it as its own. */
const shared = {
  authority: optional(open(json())),
  source: optional(open(json())),
  reason: optional(open(json())),
  ...sharedInBody,
};

export const entryBody = {
  stream: optional(streamRef),
  opens: optional(open(word(...entryKinds))),
  acts: open(json()),
  ...shared,
};

export const judgementBody = {
  digest: open(sha256()),
  reason: optional(open(text(4000))),
  stream: optional(streamRef),
};

export const disputeBody = {
  stream: streamRef,
  /** For which body: a party's id, code, name or reading. */
  body: open(text(200)),
  event: open(eventId()),
  fields: list(open(json()), 1),
  reason: optional(open(json())),
  source: optional(open(json())),
};

export const withdrawalBody = { stream: streamRef };
