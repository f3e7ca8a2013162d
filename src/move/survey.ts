import type { Pool } from 'pg';

import type { Actor } from '../entries/domain/event.js';
import { refuse } from '../entries/domain/refusal.js';
import { StreamNames } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { isGranted } from '../register/domain/grants.js';
import { readRegister } from '../register/register-history.js';
import { registerStream } from '../register/register-stream.js';
import { compareStores, Different } from './compare-stores.js';
import { refuseOtherOffice } from './move-office.js';
import type { MoveMeans, MoveOrder } from './move-order.js';
import { moveStage, type Stage, type StoreState } from './move-stage.js';
import { type OpenEnd, toldEnd } from './open-place.js';
import { Meter } from './progress.js';
import { readReason } from './read-only-reason.js';
import { type RecordedMove, recordedMove } from './record-move.js';

/** Both ends as they were found, and what is left to do. */
export interface Survey {
  readonly by: Actor;
  readonly stage: Stage;
  /** The largest n of the source, and of the target. */
  readonly n: number;
  readonly found: number;
  readonly recorded: (RecordedMove & { readonly digest: string }) | undefined;
}

/**
 * Looks at both ends and changes nothing; a target that is still to be made is undefined.
 * @throws Refusal for everything that a move cannot begin with
 */
export async function survey(
  { to: place, register, login }: MoveOrder,
  { tell }: Pick<MoveMeans, 'tell'>,
  source: OpenEnd,
  target: OpenEnd | undefined,
  sameDatabase: boolean,
): Promise<Survey> {
  const by = await administrator(source, register, login);
  const [from, to] = [source.told, toldEnd(place.place, register)];
  const here = await stateOf(source);
  const there = target === undefined ? nothing : await stateOf(target);
  const recorded =
    target !== undefined && there.n > here.n
      ? await recordedAt(target, register, here.n, from)
      : undefined;
  const states = { source: here, target: there, recorded: recorded !== undefined };
  const stage = moveStage({ from, to, ...states });
  const found = { by, stage, n: here.n, found: there.n, recorded };
  if (stage.left !== 'copy' || target === undefined) return found;
  if (stage.compareFirst) {
    tell.step('comparing');
    const meter = new Meter('comparing', there.n + 1, (it) => tell.progress(it));
    await compareStores(await source.store(), await target.store(), there.n + 1, meter.at).catch(
      (fault: unknown) => refuseOtherEvents(to, fault),
    );
  }
  if (!sameDatabase) {
    await refuseOtherOffice(source.pool, target.pool, there.n < 0 && there.reason === null);
  }
  return found;
}

const nothing: StoreState = { n: -1, reason: null };

/** What a store says of itself; nothing is made where no register's tables are. */
export async function stateOf(end: OpenEnd): Promise<StoreState> {
  if (!(await end.hasStore())) return nothing;
  const store = await end.store();
  const reason = await store.readOnly();
  const head = await store.head();
  return { n: head?.n ?? -1, reason: reason === null ? null : readReason(reason) };
}

/** RegisterMoved of this way behind n, at the target. */
export async function recordedAt(target: OpenEnd, register: string, n: number, from: string) {
  const { records } = await readRegister(await target.store(), ownStream(register));
  return recordedMove(records, { from, to: target.told }, n);
}

export function ownStream(register: string): string {
  return registerStream(new StreamNames(register));
}

export function refuseOtherEvents(to: string, fault: unknown): never {
  if (!(fault instanceof Different)) throw fault;
  return refuse(
    'conflict',
    'move/other-events',
    `移転先 ${to} には別の記録があります。${fault.message}`,
  );
}

/**
 * On whose authority a register is moved: an account with that login that is the operator's administrator.
 * @throws Refusal `move/register-unknown`, `account/unknown`, `access/not-for-this-body`
 */
async function administrator(source: OpenEnd, register: string, login: string): Promise<Actor> {
  const grants = await grantsAt(source, register);
  if (grants?.operator === undefined) {
    return refuse(
      'unknown',
      'move/register-unknown',
      `移転元に登録簿「${register}」はありません（${source.told}）。`,
    );
  }
  const account = await accountOf(source.pool, login);
  if (account === undefined) {
    return refuse(
      'unknown',
      'account/unknown',
      `移転元に、使えるアカウント「${login}」はありません。`,
    );
  }
  const actor = { account, role: 'administrator', body: grants.operator } as const;
  if (isGranted(grants, actor)) return actor;
  return refuse(
    'forbidden',
    'access/not-for-this-body',
    `登録簿を移せるのは運営団体の管理者だけです。「${login}」にはその権限がありません。`,
  );
}

async function grantsAt(source: OpenEnd, register: string) {
  if (!(await source.hasStore())) return undefined;
  const store: EventStore = await source.store();
  return (await readRegister(store, ownStream(register))).grants;
}

async function accountOf(pool: Pool, login: string): Promise<string | undefined> {
  const there = await pool.query(`select where to_regclass('office.account') is not null`);
  if (there.rowCount === 0) return undefined;
  const { rows } = await pool.query<{ id: string }>(
    'select id from office.account where login = $1 and not disabled',
    [login],
  );
  return rows[0]?.id;
}
