import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

import type { CommandResult } from '../../entries/command-result.js';
import { Refusal, refuse } from '../../entries/domain/refusal.js';
import { EnterActs, enteringOf } from '../../entries/enter-acts.js';
import { entryDigest } from '../../entries/entry-digest.js';
import { readWholeStream } from '../../entries/read-stream.js';
import type { StreamNames } from '../../entries/stream-names.js';
import { STREAM_NAMES } from '../../entries/stream-names.token.js';
import type { EventStore } from '../../event-sourcing/event-store.js';
import { EVENT_STORE } from '../../event-sourcing/event-store.token.js';
import { ListStore } from '../../facilities/import/list-store.js';
import type { StoredList, StoredRow } from '../../facilities/import/stored-list.js';
import { authorise, type Principal, signedIn } from '../../identity/principal.js';
import { KnownFacilities, type OwnedFacilities } from './known-facilities.js';
import { planRow, type RowPlan, type RowToPlan } from './plan-row.js';
import { rowsInFile } from './rows-in-file.js';
import { idsIn, sourceOf } from './send-list.js';
import { WorkTime } from './work-time.js';

interface Work {
  readonly principal: Principal;
  readonly list: StoredList;
  readonly known: OwnedFacilities;
  readonly ids: ReadonlySet<string>;
}

/**
 * 公共施設一覧の登録: one entry, so one append, for each row that says something new. A call works for
 * a while and says how far it came; the next goes on from there, also after the process was killed.
 */
@Injectable()
export class ApplyList {
  constructor(
    private readonly commands: CommandBus,
    private readonly facilities: KnownFacilities,
    private readonly lists: ListStore,
    private readonly time: WorkTime,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
  ) {}

  /**
   * A list that is through and not judged is planned again where a row became nothing, or nothing of
   * its own, by what may have changed since.
   * @returns whether any row came on
   * @throws Refusal access/…, facility-list/in-progress; StoreUnavailable …
   */
  async execute(principal: Principal, list: StoredList): Promise<boolean> {
    authorise(principal, 'registrar', list.owner);
    const rows = async () => this.lists.rowsOf(list.id);
    if (!(await rows()).some((it) => isOpen(it) || mayComeOn(it))) return false;
    const worked = await this.lists.alone(list.owner, async () => {
      const before = await rows();
      if (!before.some(isOpen)) await this.lists.planAgain(list.id, before.filter(mayComeOn));
      const open = (await rows()).filter(isOpen);
      if (open.length > 0) await this.work(principal, list, open);
      return JSON.stringify(await rows()) !== JSON.stringify(before);
    });
    return worked?.done ?? refuseWhileInProgress();
  }

  private async work(
    principal: Principal,
    list: StoredList,
    rows: readonly StoredRow[],
  ): Promise<void> {
    const until = this.time.until();
    const good = await rowsInFile(this.lists, list.id);
    const byLine = new Map(good.map((it) => [it.line, it]));
    const known = await this.facilities.of(list.owner);
    const work: Work = { principal, list, known, ids: idsIn(good) };
    for (const row of rows) {
      if (this.time.isOver(until)) return;
      const adopted = row.state === 'sending' ? await this.entered(row) : undefined;
      if (adopted !== undefined) {
        await this.lists.setRow(list.id, row.line, { state: 'entered', digest: adopted });
        continue;
      }
      const read = byLine.get(row.line);
      if (read !== undefined) await this.applyRow(work, read);
      else
        await this.fail(list, row.line, 'facility-list/row-refused', '今の版では読めない行です。');
    }
  }

  private async applyRow(work: Work, row: RowToPlan): Promise<void> {
    const { list, known, ids } = work;
    const { line } = row;
    const plan = await planRow(row, sourceOf(list), known, ids);
    switch (plan.kind) {
      case 'register':
      case 'change':
        return this.enter(work, line, plan);
      case 'none':
        return this.lists.setRow(list.id, line, {
          state: 'unchanged',
          act: 'none',
          facility: plan.facility,
          problem: plan.problem,
        });
      case 'older':
        return this.lists.setRow(list.id, line, {
          state: 'older',
          act: null,
          facility: plan.facility,
          problem: plan.problem,
        });
      case 'failed':
        return this.fail(list, line, plan.problem.code, plan.problem.text);
    }
  }

  /** What is about to be sent is noted first: after a kill the stream says whether it arrived. */
  private async enter(
    { principal, list }: Work,
    line: number,
    plan: Extract<RowPlan, { kind: 'register' | 'change' }>,
  ): Promise<void> {
    const { account } = signedIn(principal);
    const target = {
      kind: 'facility' as const,
      ...(plan.kind === 'change' ? { id: plan.facility } : {}),
      idempotencyKey: `facility-list ${list.id} ${line}`,
    };
    const { id: facility, entry } = enteringOf(account, target);
    await this.lists.setRow(list.id, line, {
      state: 'sending',
      act: plan.kind,
      problem: plan.kind === 'change' ? plan.problem : null,
      facility,
      entry,
      account,
    });
    try {
      const command = new EnterActs(principal, { ...target, acts: [plan.act], paper: list.id });
      const result: CommandResult = await this.commands.execute(command);
      const digest = result.digest ?? null;
      await this.lists.setRow(list.id, line, { state: 'entered', digest });
    } catch (error) {
      // A domain's no is this row's alone; whatever else stops the work leaves it to be gone on with.
      if (!(error instanceof Refusal) || error.kind === 'forbidden') throw error;
      const [fault] = error.faults;
      const where = fault === undefined ? '' : `（${fault.field}: ${fault.read}）`;
      await this.fail(list, line, error.code, `${error.message}${where}`);
    }
  }

  private fail(list: StoredList, line: number, code: string, text: string): Promise<void> {
    const problem = { code, text };
    return this.lists.setRow(list.id, line, { state: 'failed', entry: null, problem });
  }

  /** The digest of the entry that a row was sent as, if it arrived. */
  private async entered({ facility, entry }: StoredRow): Promise<string | undefined> {
    if (facility === null || entry === null) return undefined;
    const stream = this.names.nameOf({ kind: 'facility', id: facility });
    const { events, recorded } = await readWholeStream(this.store, stream);
    const bodies = recorded.filter((_, i) => events[i]?.event.entry === entry);
    return bodies.length === 0 ? undefined : entryDigest(bodies.map((it) => it.body));
  }
}

function isOpen({ state }: StoredRow): boolean {
  return state === 'waiting' || state === 'sending';
}

/** A row without an entry that another look at the register may give one. */
function mayComeOn({ state, problem }: StoredRow): boolean {
  return state === 'failed' || state === 'older' || (state === 'unchanged' && problem !== null);
}

export function refuseWhileInProgress(): never {
  return refuse(
    'conflict',
    'facility-list/in-progress',
    'この団体の一覧は、いま別の操作が処理しています。少し待ってから、もう一度送ってください。',
  );
}
