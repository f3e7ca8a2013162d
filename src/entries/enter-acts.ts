import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { authorise, holds, signedIn, type Principal } from '../identity/principal.js';
import { RegisterRoles } from '../identity/register-roles.js';
import { RefuseCircles } from '../parties/refuse-circles.js';
import { namingItself } from '../parties/naming-itself.js';
import { commandId, entryId, streamId } from './command-identity.js';
import type { CommandResult } from './command-result.js';
import type { StreamKind } from './domain/act-type.js';
import { actEntered, decideEntered } from './domain/decide-entry.js';
import type { RegisterEvent } from './domain/event.js';
import { isOwnWord, keeperOf } from './domain/keeper.js';
import { readActs } from './domain/read-acts.js';
import { referencesOf, type Reference } from './domain/references.js';
import { refuse } from './domain/refusal.js';
import { OfferedFacilities } from './offered-facilities.js';
import { Recorder } from './recorder.js';
import { Registered } from './registered.js';

/** 登録票: the acts of one paper together, one append to one stream, closed at birth. */
export class EnterActs {
  constructor(
    readonly principal: Principal,
    readonly entry: {
      readonly kind: StreamKind;
      /** The stream's id; absent when the first act opens a new one. */
      readonly id?: string | undefined;
      /** Raw acts, `[{ type, acted, effective, data, … }]`. */
      readonly acts: unknown;
      /** What holds for each act that is silent: authority, source, reason. */
      readonly shared?: Readonly<Record<string, unknown>>;
      readonly paper?: string | undefined;
      readonly idempotencyKey: string;
      readonly ifRevision?: number | undefined;
    },
  ) {}
}

/** The command's id and the id of its stream, known before it is sent. */
export function enteringOf(
  account: string,
  { kind, id, idempotencyKey }: Pick<EnterActs['entry'], 'kind' | 'id' | 'idempotencyKey'>,
): { readonly command: string; readonly id: string; readonly entry: string } {
  const command = commandId({ account, target: `enter ${kind} ${id ?? ''}`, idempotencyKey });
  return { command, id: id ?? streamId(command), entry: entryId(command) };
}

@CommandHandler(EnterActs)
export class EnterActsHandler implements ICommandHandler<EnterActs, CommandResult> {
  constructor(
    private readonly recorder: Recorder,
    private readonly roles: RegisterRoles,
    private readonly registered: Registered,
    private readonly circles: RefuseCircles,
    private readonly offers: OfferedFacilities,
  ) {}

  /** @throws Refusal and what the recorder throws */
  async execute({ principal, entry }: EnterActs): Promise<CommandResult> {
    const { account } = signedIn(principal);
    if (entry.kind === 'register') {
      refuse(
        'forbidden',
        'register/own-commands',
        '登録簿自身の記録は、専用の操作だけが書きます。',
      );
    }
    const { operator = '' } = await this.roles.standing();
    const { command, id } = enteringOf(account, entry);
    const acts = entry.kind === 'party' ? namingItself(entry.acts, id) : entry.acts;
    return this.recorder.record({
      command,
      stream: { kind: entry.kind, id },
      makesEntry: true,
      ...(entry.paper === undefined ? {} : { paper: entry.paper }),
      ...(entry.ifRevision === undefined ? {} : { ifRevision: entry.ifRevision }),
      read: (timeline, reading) =>
        readActs(entry.kind, acts, entry.shared ?? {}, timeline, reading),
      authorise: (timeline, drafts) => {
        const first = timeline.events[0]?.event ?? (drafts[0] as unknown as RegisterEvent);
        const own = isOwnWord(
          entry.kind,
          drafts.map((it) => it.type),
        );
        const body =
          own && holds(principal, 'registrar', id) ? id : keeperOf(entry.kind, first, operator);
        return authorise(principal, 'registrar', body);
      },
      decide: async (timeline, event, i) => {
        const unopened = timeline.events.length === 0 && entry.id !== undefined;
        if (unopened && !(entry.kind === 'party' && id === operator)) {
          refuse('unknown', `${entry.kind}/unknown`, 'その登録はありません。', {
            field: 'stream.id',
            code: `${entry.kind}/unknown`,
            read: id,
            expected: '登録されているもののid',
          });
        }
        decideEntered(entry.kind, timeline, event, `acts[${i}]`);
        const { event: named } = event.data as { readonly event?: string };
        const target = named === undefined ? undefined : timeline.recorded(named);
        const opened = timeline.events.length > 0;
        const references = referencesOf(entry.kind, event, target).filter(
          (it) => !(opened && it.kind === entry.kind && it.id === id),
        );
        await this.refuseUnknown(references, operator, `acts[${i}]`);
        if (entry.kind === 'party') {
          await this.circles.inAct(actEntered(timeline, event), id, `acts[${i}]`);
        }
        await this.offers.refuseOthers(timeline, event, `acts[${i}]`);
      },
      ...(entry.kind === 'agreement'
        ? { warn: (timeline, events) => this.offers.warningsOf(timeline, events) }
        : {}),
    });
  }

  private async refuseUnknown(
    references: readonly Reference[],
    operator: string,
    field: string,
  ): Promise<void> {
    for (const it of references) {
      if (it.id === operator || (await this.registered.has(it.kind, it.id))) continue;
      refuse('unknown', `${it.kind}/unknown`, '登録されていないものを指しています。', {
        field: `${field}.${it.path}`,
        code: `${it.kind}/unknown`,
        read: it.id,
        expected: '登録されているもののid、コード、名称または読み',
      });
    }
  }
}
