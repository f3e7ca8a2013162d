import { createHash } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { appendSurely } from '../entries/append-surely.js';
import { commandId } from '../entries/command-identity.js';
import { refuse } from '../entries/domain/refusal.js';
import { enveloped, stored } from '../entries/envelope.js';
import type { StreamNames } from '../entries/stream-names.js';
import { STREAM_NAMES } from '../entries/stream-names.token.js';
import { canonicalText } from '../event-sourcing/canonical-json.js';
import {
  type Appended,
  type EventStore,
  RepeatedEventId,
  WrongExpectedRevision,
} from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import { registerActs } from './domain/acts.js';
import { administratorFor, grantRole, revokeRole } from './domain/change-grant.js';
import type { Grant } from './domain/grants.js';
import { readRegister, type RegisterHistory } from './register-history.js';
import { registerStream } from './register-stream.js';

type Change = 'RoleGranted' | 'RoleRevoked';

/** Who changes which grant; the same key again is the same command. */
export interface GrantCommand {
  readonly by: string;
  readonly grant: Grant;
  readonly idempotencyKey: string;
}

const decisions = { RoleGranted: grantRole, RoleRevoked: revokeRole };
const mostTries = 10;

/** Grants and revokes roles by events on the register's stream. */
@Injectable()
export class ChangeGrants {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
  ) {}

  /** @throws Refusal `access/not-for-this-body`, `grant/…`, `party/unknown`, `idempotency/reused` */
  async grant(command: GrantCommand): Promise<Appended> {
    return this.change('RoleGranted', command);
  }

  /** @throws Refusal `access/not-for-this-body`, `grant/…`, `idempotency/reused` */
  async revoke(command: GrantCommand): Promise<Appended> {
    return this.change('RoleRevoked', command);
  }

  /**
   * Decides on what stands, and again when somebody else was faster: the expected revision makes sure
   * that the roles judged are those standing just before.
   */
  private async change(type: Change, { by, grant, idempotencyKey }: GrantCommand) {
    const stream = registerStream(this.names);
    const id = commandId({ account: by, target: `${type} ${stream}`, idempotencyKey });
    const digest = createHash('sha256').update(canonicalText({ type, grant })).digest('hex');

    for (let tries = 1; ; tries++) {
      const history = await readRegister(this.store, stream);
      const repeated = firstResult(history, { id, digest });
      if (repeated !== undefined) return repeated;

      const actor = administratorFor(history.grants, by, grant.body);
      if (type === 'RoleGranted') await this.refuseUnknownBody(grant.body, history);
      const data = decisions[type](history.grants, actor, grant);
      const draft = { type, v: registerActs[type].version, data };
      const revision = history.records.length;
      const recordedAt = this.clock.instant();
      const command = { id, digest };
      const events = enveloped([draft], { stream, revision, actor, command, recordedAt });
      try {
        return await appendSurely(this.store, stream, revision - 1, events.map(stored), []);
      } catch (fault) {
        if (tries === mostTries || !overtaken(fault)) throw fault;
      }
    }
  }

  private async refuseUnknownBody(body: string, { grants }: RegisterHistory): Promise<void> {
    if (body === grants.operator) return;
    for await (const _ of this.store.readStream(this.names.nameOf({ kind: 'party', id: body })))
      return;
    refuse('unknown', 'party/unknown', `団体 ${body} は登録されていません。`, {
      field: 'body',
      code: 'party/unknown',
      read: body,
      expected: '登録されている当事者のid',
    });
  }
}

/** Somebody else was faster: with another act, or with this very command. */
function overtaken(fault: unknown): boolean {
  return fault instanceof WrongExpectedRevision || fault instanceof RepeatedEventId;
}

function firstResult({ records }: RegisterHistory, command: { id: string; digest: string }) {
  const first = records.find(({ event }) => event.command.id === command.id);
  if (first === undefined) return undefined;
  if (first.event.command.digest !== command.digest) {
    refuse(
      'malformed',
      'idempotency/reused',
      '同じ Idempotency-Key が別の内容に使われています。新しい操作には新しいキーを付けてください。',
    );
  }
  const { n, at, position, event } = first;
  return { n, at, position, revision: event.revision };
}
