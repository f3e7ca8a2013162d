import { createHash } from 'node:crypto';

import type { Clock } from '../clock.js';
import { appendSurely } from '../entries/append-surely.js';
import { commandId } from '../entries/command-identity.js';
import type { Actor } from '../entries/domain/event.js';
import type { DataOf } from '../entries/domain/field.js';
import { enveloped, stored } from '../entries/envelope.js';
import { canonicalText } from '../event-sourcing/canonical-json.js';
import {
  type EventStore,
  RepeatedEventId,
  WrongExpectedRevision,
} from '../event-sourcing/event-store.js';
import { registerActs } from '../register/domain/acts.js';
import { readRegister, type RegisterRecord } from '../register/register-history.js';
import { seal } from '../vault/seal.js';

type Way = DataOf<typeof registerActs.RegisterMoved.shape>;

export interface Moving extends Way {
  /** Of everything up to the move; see `RegisterDigest`. */
  readonly digest: string;
  readonly by: Actor;
  /** Why, in free words: sealed. */
  readonly ground: string;
}

export interface RecordedMove {
  readonly n: number;
  readonly id: string;
}

const mostTries = 10;

/**
 * Records `RegisterMoved` in the store that a register has moved to. The same way with the same digest
 * is the same command: running it again records nothing more.
 */
export async function recordMove(
  store: EventStore,
  clock: Clock,
  stream: string,
  { from, to, digest, by, ground }: Moving,
): Promise<RecordedMove> {
  const data: Way = { from, to, digest };
  const target = `RegisterMoved ${stream}`;
  const idempotencyKey = `${from}\n${to}\n${digest}`;
  const command = {
    id: commandId({ account: by.account, target, idempotencyKey }),
    digest: createHash('sha256').update(canonicalText(data)).digest('hex'),
  };
  const { sealed: reason, value } = seal(ground);
  for (let tries = 1; ; tries++) {
    const { records } = await readRegister(store, stream);
    const first = records.find(({ event }) => event.command.id === command.id);
    if (first !== undefined) return { n: first.n, id: first.event.id };

    const revision = records.length;
    const draft = { type: 'RegisterMoved', v: registerActs.RegisterMoved.version, data, reason };
    const recordedAt = clock.instant();
    const [event] = enveloped([draft], { stream, revision, actor: by, command, recordedAt });
    if (event === undefined) throw new Error('an act without an event');
    try {
      const { n } = await appendSurely(store, stream, revision - 1, [stored(event)], [value]);
      return { n, id: event.id };
    } catch (fault) {
      const overtaken = fault instanceof WrongExpectedRevision || fault instanceof RepeatedEventId;
      if (tries === mostTries || !overtaken) throw fault;
    }
  }
}

/** The move along this way that was recorded behind n; undefined where there is none. */
export function recordedMove(
  records: readonly RegisterRecord[],
  { from, to }: Pick<Way, 'from' | 'to'>,
  n: number,
): (RecordedMove & { readonly digest: string }) | undefined {
  for (const { n: number, event } of records) {
    if (number <= n || event.type !== 'RegisterMoved') continue;
    const { data, id } = event;
    if (data.from === from && data.to === to) return { n: number, id, digest: data.digest ?? '' };
  }
  return undefined;
}
