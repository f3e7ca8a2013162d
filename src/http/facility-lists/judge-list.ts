import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

import { quoted, Refusal, refuse } from '../../entries/domain/refusal.js';
import { Timeline } from '../../entries/domain/timeline.js';
import { JudgeEntry } from '../../entries/judge-entry.js';
import { readWholeStream } from '../../entries/read-stream.js';
import type { StreamNames } from '../../entries/stream-names.js';
import { STREAM_NAMES } from '../../entries/stream-names.token.js';
import type { EventStore } from '../../event-sourcing/event-store.js';
import { EVENT_STORE } from '../../event-sourcing/event-store.token.js';
import { ListStore } from '../../facilities/import/list-store.js';
import type { Judged, StoredList, StoredRow } from '../../facilities/import/stored-list.js';
import { authorise, type Principal, signedIn } from '../../identity/principal.js';
import { refuseWhileInProgress } from './apply-list.js';
import { progressOf } from './list-progress.js';
import { refuseResting } from './refuse-resting.js';
import { WorkTime } from './work-time.js';

/** What an approver says of a whole list. */
export interface ListJudgement {
  readonly judged: Judged;
  /** Over all entries, as he saw it. */
  readonly digest: string;
  readonly reason?: string | undefined;
}

/** 一覧の承認・却下: one act of the approver becomes one judgement for each entry of the list. */
@Injectable()
export class JudgeList {
  constructor(
    private readonly commands: CommandBus,
    private readonly lists: ListStore,
    private readonly time: WorkTime,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
  ) {}

  /**
   * Works for a while; the next call goes on.
   * @returns whether any entry was judged
   * @throws Refusal facility-list/not-applied, facility-list/other-digest,
   *   facility-list/rests-on-pending, facility-list/no-longer-holds, entry/own, access/…
   */
  async execute(
    principal: Principal,
    list: StoredList,
    judgement: ListJudgement,
  ): Promise<boolean> {
    authorise(principal, 'approver', list.owner);
    const worked = await this.lists.alone(list.owner, async () => {
      const rows = await this.lists.rowsOf(list.id);
      refuseUnseen(list, rows, judgement.digest);
      refuseOwn(rows, signedIn(principal).account);
      const { lists, store, names } = this;
      const begun = (await lists.get(list.id))?.judgement ?? null;
      if (judgement.judged === 'approved' && begun === null) {
        await refuseResting({ lists, store, names }, list, rows);
      }
      if (!(await this.lists.judge(list.id, judgement.judged))) refuseOtherwiseJudged();
      const open = rows.filter((it) => it.state === 'entered' && it.judged === null);
      const until = this.time.until();
      for (const row of open) {
        if (this.time.isOver(until)) break;
        const judged = await this.judge(principal, list, row, judgement);
        await this.lists.setRow(list.id, row.line, { judged });
      }
      return open.length > 0;
    });
    return worked?.done ?? refuseWhileInProgress();
  }

  /** What holds of the entry afterwards: somebody may have judged it by itself before. */
  private async judge(
    principal: Principal,
    list: StoredList,
    { line, facility, entry, digest }: StoredRow,
    { judged, reason }: ListJudgement,
  ): Promise<Judged> {
    const stream = { kind: 'facility' as const, id: facility ?? '' };
    try {
      await this.commands.execute(
        new JudgeEntry(principal, {
          stream,
          entry: entry ?? '',
          digest: digest ?? '',
          approve: judged === 'approved',
          ...(reason === undefined ? {} : { reason }),
          idempotencyKey: `facility-list ${list.id} ${line}`,
        }),
      );
      return judged;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'entry/already-judged') throw error;
      const { events } = await readWholeStream(this.store, this.names.nameOf(stream));
      return new Timeline(events).stands.approved.has(entry ?? '') ? 'approved' : 'rejected';
    }
  }
}

function refuseUnseen(list: StoredList, rows: readonly StoredRow[], seen: string): void {
  const { digest } = progressOf(list, rows);
  if (digest === null) {
    refuse(
      'conflict',
      'facility-list/not-applied',
      'この一覧の登録はまだ終わっていません。すべての行が終わってから承認・却下してください。',
    );
  }
  if (digest !== seen) {
    refuse(
      'stale',
      'facility-list/other-digest',
      '見た一覧と、登録されている一覧の内容が異なります。',
      { field: 'digest', code: 'facility-list/other-digest', read: quoted(seen), expected: digest },
    );
  }
}

/** Before any is judged, so that none is half judged: each judgement would refuse it as well. */
function refuseOwn(rows: readonly StoredRow[], account: string): void {
  if (!rows.some((it) => it.state === 'entered' && it.account === account)) return;
  refuse('forbidden', 'entry/own', '自分の登録票を自分で承認・却下することはできません。');
}

function refuseOtherwiseJudged(): never {
  return refuse(
    'conflict',
    'facility-list/already-judged',
    'この一覧は、すでに逆の判断で処理が始まっています。',
  );
}
