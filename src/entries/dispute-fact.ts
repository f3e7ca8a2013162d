import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { authorise, signedIn, type Principal } from '../identity/principal.js';
import { commandId } from './command-identity.js';
import type { CommandResult } from './command-result.js';
import { readDispute } from './domain/read-acts.js';
import { refuse } from './domain/refusal.js';
import { Recorder } from './recorder.js';
import type { StreamRef } from './stream-names.js';

/** 異議: any body's registrar may doubt what another body keeps; it counts at once. */
export class DisputeFact {
  constructor(
    readonly principal: Principal,
    readonly dispute: {
      readonly stream: StreamRef;
      /** For which body he doubts. */
      readonly body: string;
      /** `{ event, fields: [{ field, value? }], reason?, source? }` */
      readonly raw: unknown;
      readonly idempotencyKey: string;
    },
  ) {}
}

@CommandHandler(DisputeFact)
export class DisputeFactHandler implements ICommandHandler<DisputeFact, CommandResult> {
  constructor(private readonly recorder: Recorder) {}

  /** @throws Refusal fact/unknown, fact/not-standing, fact/unknown-field, access/… */
  async execute({ principal, dispute }: DisputeFact): Promise<CommandResult> {
    const { account } = signedIn(principal);
    const { stream, body, idempotencyKey } = dispute;
    const target = `dispute ${stream.kind} ${stream.id}`;
    return this.recorder.record({
      command: commandId({ account, target, idempotencyKey }),
      stream,
      makesEntry: false,
      read: (timeline, reading) => {
        const read = readDispute(stream.kind, dispute.raw, timeline, reading);
        return read === undefined ? [] : [read];
      },
      authorise: () => authorise(principal, 'registrar', body),
      decide: (timeline) => {
        if (timeline.events.length > 0) return;
        refuse('unknown', `${stream.kind}/unknown`, 'その登録はありません。');
      },
    });
  }
}
