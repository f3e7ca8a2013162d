import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { authorise, signedIn, type Principal } from '../identity/principal.js';
import { commandId } from './command-identity.js';
import type { CommandResult } from './command-result.js';
import { commonActs } from './domain/common-acts.js';
import { openDispute } from './domain/decide-entry.js';
import { readRecord } from './domain/field.js';
import { Recorder } from './recorder.js';
import type { StreamRef } from './stream-names.js';

/** 異議の取下げ: by the body that raised it. */
export class WithdrawDispute {
  constructor(
    readonly principal: Principal,
    readonly withdrawal: {
      readonly stream: StreamRef;
      readonly dispute: string;
      readonly idempotencyKey: string;
    },
  ) {}
}

@CommandHandler(WithdrawDispute)
export class WithdrawDisputeHandler implements ICommandHandler<WithdrawDispute, CommandResult> {
  constructor(private readonly recorder: Recorder) {}

  /** @throws Refusal dispute/not-open, fact/unknown, access/… */
  async execute({ principal, withdrawal }: WithdrawDispute): Promise<CommandResult> {
    const { account } = signedIn(principal);
    const { stream, dispute, idempotencyKey } = withdrawal;
    const target = `withdraw ${stream.kind} ${stream.id}`;
    return this.recorder.record({
      command: commandId({ account, target, idempotencyKey }),
      stream,
      makesEntry: false,
      read: (_, reading) => {
        const { shape, version } = commonActs.DisputeWithdrawn;
        const data = readRecord(shape, { dispute }, '', reading);
        return [{ type: 'DisputeWithdrawn', v: version, data }];
      },
      authorise: (timeline) => {
        const { actor } = openDispute(timeline, dispute, 'dispute');
        return authorise(principal, 'registrar', actor.body);
      },
      decide: () => undefined,
    });
  }
}
