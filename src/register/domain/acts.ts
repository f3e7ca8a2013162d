import { act, opening, type EventOf } from '../../entries/domain/act-type.js';
import { list, open, optional, record } from '../../entries/domain/field.js';
import { eventId, party, sha256, text, word } from '../../entries/domain/field-kinds.js';

export const roles = ['registrar', 'approver', 'auditor', 'counter', 'administrator'] as const;

const grant = {
  account: open(eventId()),
  role: open(word(...roles)),
  body: open(party()),
};

/** The register's own stream: its opening, who may act for whom, its keys and its moves. */
export const registerActs = {
  /** n = 0: makes the operator's party id, holds the first grants; nothing approves it. */
  RegisterOpened: opening({
    name: open(text(100)),
    operator: open(party()),
    operatorName: open(text(200)),
    grants: list(record(grant), 1),
    /** Accounts without sign-in that load what ships with the product. */
    loaders: record({ registrar: open(eventId()), approver: open(eventId()) }),
    ground: open(text(500)),
  }),
  RoleGranted: act(grant),
  RoleRevoked: act(grant),
  KeyRotated: act({ key: open(text(200)) }),
  ValueErased: act({ commitment: open(sha256()), ground: open(text(500)) }),
  RegisterMoved: act({
    from: open(text(200)),
    to: open(text(200)),
    digest: optional(open(sha256())),
  }),
};

export type RegisterOwnEvent = EventOf<typeof registerActs>;
