import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { authorise, signedIn, type Principal } from '../identity/principal.js';
import { canonicalText } from '../event-sourcing/canonical-json.js';
import { commandId } from './command-identity.js';
import type { CommandResult } from './command-result.js';
import { decideJudgement, type Judgement } from './domain/decide-approval.js';
import { readRecord } from './domain/field.js';
import { commonActs } from './domain/common-acts.js';
import { actEnvelope } from './domain/act-envelope.js';
import { refuse } from './domain/refusal.js';
import { entryDigest } from './entry-digest.js';
import { Recorder } from './recorder.js';
import type { StreamRef } from './stream-names.js';

/** 承認・却下: an entry counts from its approval by another person of the keeping body. */
export class JudgeEntry {
  constructor(
    readonly principal: Principal,
    readonly judgement: Judgement & {
      readonly stream: StreamRef;
      readonly approve: boolean;
      readonly reason?: unknown;
      readonly idempotencyKey: string;
    },
  ) {}
}

@CommandHandler(JudgeEntry)
export class JudgeEntryHandler implements ICommandHandler<JudgeEntry, CommandResult> {
  constructor(private readonly recorder: Recorder) {}

  /** @throws Refusal entry/unknown, entry/own, entry/other-digest, entry/already-judged, access/… */
  async execute({ principal, judgement }: JudgeEntry): Promise<CommandResult> {
    const { account } = signedIn(principal);
    const { stream, approve, entry, digest, idempotencyKey } = judgement;
    const type = approve ? 'EntryApproved' : 'EntryRejected';
    const target = `${type} ${stream.kind} ${stream.id}`;
    return this.recorder.record({
      command: commandId({ account, target, idempotencyKey }),
      stream,
      makesEntry: false,
      read: (_, reading) => {
        const { shape, version } = commonActs[type];
        const data = readRecord(shape, { entry, digest }, '', reading);
        const { reason } = judgement;
        const said = readRecord(actEnvelope, reason === undefined ? {} : { reason }, '', reading);
        return [{ type, v: version, data, ...said }];
      },
      authorise: (timeline) => {
        const [first] = timeline.entry(entry);
        if (first === undefined) {
          return refuse('unknown', 'entry/unknown', 'その登録票はありません。', {
            field: 'entry',
            code: 'entry/unknown',
            read: entry,
            expected: '登録票のid',
          });
        }
        return authorise(principal, 'approver', first.actor.body);
      },
      decide: (timeline) => {
        const bodies = timeline.entry(entry).map((it) => canonicalText(it));
        decideJudgement(timeline, { entry, digest }, entryDigest(bodies), account);
      },
    });
  }
}
