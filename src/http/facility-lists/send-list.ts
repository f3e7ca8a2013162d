import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';

import { dayInTokyo, now } from '../../../projections/known.js';
import { FindParty } from '../../../projections/parties/find-party.query.js';
import type { FindPartyAnswer } from '../../../projections/parties/party.answer.js';
import type { Clock } from '../../clock.js';
import { CLOCK } from '../../clock.token.js';
import { refuse } from '../../entries/domain/refusal.js';
import { attributesOf } from '../../facilities/import/attributes-of-row.js';
import { standsOnRecord } from '../../facilities/import/compare-row.js';
import { listId, ListStore } from '../../facilities/import/list-store.js';
import {
  keptReport,
  type KeptReport,
  type StoredList,
  type StoredRow,
} from '../../facilities/import/stored-list.js';
import { checkList } from '../../facilities/list/check-list.js';
import type { PoiKinds } from '../../facilities/list/count-kinds.js';
import type { Finding } from '../../facilities/list/finding.js';
import type { ListReport } from '../../facilities/list/report.js';
import { readPoiKinds } from '../../facilities/poi-kinds.js';
import { authorise, type Principal, signedIn } from '../../identity/principal.js';
import { isoDay } from '../../time/civil-date.js';
import { dayAsked } from '../queries/asked-day.js';
import { ResolveParties } from '../resolve-parties.js';
import { KnownFacilities } from './known-facilities.js';
import { progressOf } from './list-progress.js';
import { missingFrom } from './missing-facilities.js';
import { planRow, type RowPlan, type RowToPlan } from './plan-row.js';

/** A list as it comes in. */
export interface SentList {
  readonly bytes: Buffer;
  /** A party's id, code, name or reading. */
  readonly owner: string;
  /** The day of the list, as people write days. */
  readonly on?: string | undefined;
  readonly fileName?: string | undefined;
  readonly complete: boolean;
}

type PlannedRow = Pick<StoredRow, 'line' | 'state' | 'act' | 'facility' | 'problem'>;

/** 公共施設一覧の受付: checks a list row by row and keeps it, to be applied; no event comes of it. */
@Injectable()
export class SendList {
  private poi: PoiKinds | undefined;

  constructor(
    private readonly queries: QueryBus,
    private readonly parties: ResolveParties,
    private readonly known: KnownFacilities,
    private readonly lists: ListStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the list's id; the one that is there already, where the same was sent before
   * @throws Refusal party/…, on/…, access/…, facility-list/…; nothing is stored then
   */
  async execute(
    principal: Principal,
    sent: SentList,
  ): Promise<{ readonly id: string; readonly repeated: boolean }> {
    const today = dayInTokyo(this.clock.millis());
    const names = { on: today, known: now };
    const owner = await this.parties.get(sent.owner, 'owner', names);
    authorise(principal, 'registrar', owner);
    const answer = await this.queries.execute(new FindParty({ text: owner, ...names }));
    const [party] = answer.read<FindPartyAnswer>().parties;
    const { code, name } = party ?? { code: null, name: null };
    const report = checkList(sent.bytes, {
      owner: code === null ? { name: name ?? sent.owner } : { code },
      stated: [],
      poi: (this.poi ??= readPoiKinds()),
    });
    refuseWhole(report.refusals);
    const day = sent.on === undefined ? undefined : dayAsked(sent.on);
    if (day !== undefined && day > today) {
      refuse('malformed', 'facility-list/future', '一覧の日が未来です。', {
        field: 'on',
        code: 'facility-list/future',
        read: isoDay(day),
        expected: `${isoDay(today)} までの日`,
      });
    }
    const said = {
      owner,
      sha256: report.sha256,
      listDay: day === undefined ? null : isoDay(day),
      complete: sent.complete,
    };
    const newest = await this.newest(said);
    if (newest !== undefined && !(await this.mayFollow(newest, report))) {
      return { id: newest.id, repeated: true };
    }
    const attempt = (newest?.attempt ?? 0) + 1;
    const id = listId({ ...said, attempt });
    const list: StoredList = {
      id,
      ...said,
      attempt,
      fileName: fileNameOf(sent.fileName),
      // The file was there already when it was first sent.
      written: newest?.written ?? (day === undefined ? `[..${isoDay(today)}]` : isoDay(day)),
      sentBy: signedIn(principal).account,
      sentAt: this.clock.instant(),
      judgement: null,
    };
    const { rows, kept } = await this.planned(list, report);
    const added = await this.lists.add(list, sent.bytes, kept, rows);
    return { id, repeated: !added };
  }

  /** The newest attempt at a list. */
  private async newest(said: Pick<StoredList, 'owner' | 'sha256' | 'listDay' | 'complete'>) {
    let newest: StoredList | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.lists.get(listId({ ...said, attempt }));
      if (found === undefined) return newest;
      newest = found;
    }
  }

  /** Whether an attempt is over, by every entry rejected, or approved while a row is not on record. */
  private async mayFollow(list: StoredList, report: ListReport): Promise<boolean> {
    if (list.judgement === null) return false;
    const { state } = progressOf(list, await this.lists.rowsOf(list.id));
    if (state !== 'approved') return state === 'rejected';
    const known = await this.known.of(list.owner);
    const good = goodRows(report);
    const ids = idsIn(good);
    const { written } = sourceOf(list);
    for (const { record } of good) {
      const { stated } = attributesOf(record);
      const [one, ...others] = await known.meant(stated, ids);
      if (others.length > 0) continue;
      if (one === undefined || !standsOnRecord(one.events, stated, written, 'entered')) return true;
    }
    return false;
  }

  private async planned(
    list: StoredList,
    report: ListReport,
  ): Promise<{ readonly rows: readonly PlannedRow[]; readonly kept: KeptReport }> {
    const known = await this.known.of(list.owner);
    const good = goodRows(report);
    const ids = idsIn(good);
    const named = new Set<string>();
    const leftOut = new Set<string>();
    const plans = new Map<number, PlannedRow>();
    for (const row of good) {
      const plan = await planRow(row, sourceOf(list), known, ids);
      plans.set(row.line, planned(row.line, plan));
      if ('facility' in plan) named.add(plan.facility);
      for (const column of attributesOf(row.record).leftOut) leftOut.add(column);
    }
    const records = good.map((it) => it.record);
    const missing = await missingFrom(records, list.complete, known, named);
    return {
      kept: keptReport(report, { leftOut: [...leftOut], missing }),
      rows: report.rows.map(
        ({ line }): PlannedRow =>
          plans.get(line) ?? { line, state: 'refused', act: null, facility: null, problem: null },
      ),
    };
  }
}

export function sourceOf({ owner, fileName, sha256, written }: StoredList) {
  return { owner, fileName, sha256, written: { edtf: written } };
}

export function goodRows({ rows }: ListReport): readonly RowToPlan[] {
  return rows.flatMap((row) =>
    row.verdict === 'refused' ? [] : [{ line: row.line, record: row.record }],
  );
}

export function idsIn(rows: readonly RowToPlan[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ record }) => record.id?.text ?? []));
}

/** A plan is told, not kept to: what a row becomes is decided when it is applied. */
function planned(line: number, plan: RowPlan): PlannedRow {
  const facility = 'facility' in plan ? plan.facility : null;
  const problem = 'problem' in plan ? plan.problem : null;
  const act = plan.kind === 'older' || plan.kind === 'failed' ? null : plan.kind;
  return { line, state: 'waiting', act, facility, problem };
}

/** Why no row of a list is looked at: `facility-list/other-body` and the like. */
function refuseWhole(refusals: readonly Finding[]): void {
  const [first] = refusals;
  if (first === undefined) return;
  const coded = (code: string) => code.replace(/^list\//, 'facility-list/');
  const faults = refusals.map(({ code, column, read, expected }) => ({
    field: column ?? 'file',
    code: coded(code),
    read,
    expected,
  }));
  refuse('malformed', coded(first.code), `${first.text}。`, ...faults);
}

const LONGEST_NAME = 200;

/** A file's own name, without folders or what an event could not hold. */
function fileNameOf(given: string | undefined): string {
  const [own = ''] = (given ?? '').split(/[/\\]/u).slice(-1);
  const plain = own
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim();
  return Array.from(plain).slice(0, LONGEST_NAME).join('') || '公共施設一覧.csv';
}
