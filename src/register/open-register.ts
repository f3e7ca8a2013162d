import { createHash } from 'node:crypto';

import type { Clock } from '../clock.js';
import { appendSurely } from '../entries/append-surely.js';
import { commandId, streamId } from '../entries/command-identity.js';
import type { DataOf } from '../entries/domain/field.js';
import { refuse } from '../entries/domain/refusal.js';
import { enveloped, stored } from '../entries/envelope.js';
import type { StreamNames } from '../entries/stream-names.js';
import { canonicalText } from '../event-sourcing/canonical-json.js';
import type { Appended, EventStore } from '../event-sourcing/event-store.js';
import { registerActs, type roles } from './domain/acts.js';
import { registerStream } from './register-stream.js';

type Role = (typeof roles)[number];

/** The first event of a register, before it is one. Accounts are ids. */
export interface Opening {
  readonly name: string;
  readonly operatorName: string;
  /** On what authority the register is opened. */
  readonly ground: string;
  /** One person of each role, all for the operator; the administrator is said to have opened it. */
  readonly people: Readonly<Record<Role, string>>;
  /** Accounts without sign-in that load what ships with the product. */
  readonly loaders: { readonly registrar: string; readonly approver: string };
}

/** The register's surroundings, for what is done outside a request. */
export interface RegisterStore {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly names: StreamNames;
}

/**
 * Appends RegisterOpened as n = 0: it makes the operator's party id and holds the first grants, and
 * nothing approves it (domain § 8). The same people make the same operator's id.
 * @throws Refusal `register/not-empty` where a store holds events already
 */
export async function openRegister(
  { store, clock, names }: RegisterStore,
  { name, operatorName, ground, people, loaders }: Opening,
): Promise<Appended & { operator: string }> {
  if ((await store.head()) !== null) {
    refuse('conflict', 'register/not-empty', '登録簿を開けません。保存先にすでに記録があります。');
  }
  const stream = registerStream(names);
  const id = commandId({
    account: people.administrator,
    target: `RegisterOpened ${stream}`,
    idempotencyKey: ground,
  });
  const operator = streamId(id);
  const grants = Object.entries(people).map(([role, account]) => {
    return { account, role: role as Role, body: operator };
  });
  const data: DataOf<typeof registerActs.RegisterOpened.shape> = {
    name,
    operator,
    operatorName,
    grants,
    loaders,
    ground,
  };
  const events = enveloped(
    [{ type: 'RegisterOpened', v: registerActs.RegisterOpened.version, data }],
    {
      stream,
      revision: 0,
      actor: { account: people.administrator, role: 'administrator', body: operator },
      command: { id, digest: createHash('sha256').update(canonicalText(data)).digest('hex') },
      recordedAt: clock.instant(),
    },
  );
  return { ...(await appendSurely(store, stream, -1, events.map(stored), [])), operator };
}
