import { refuse } from '../entries/domain/refusal.js';
import { type EventStore, UnexpectedHistory } from '../event-sourcing/event-store.js';
import { createOffice } from '../identity/office-schema.js';
import { type Compared, compareStores } from './compare-stores.js';
import type { MoveLock } from './move-lock.js';
import { copyOffice, type OfficeProof, proveOffice } from './move-office.js';
import type { MoveMeans } from './move-order.js';
import type { OpenEnd } from './open-place.js';
import { Meter } from './progress.js';
import { reasonText } from './read-only-reason.js';
import { refuseOtherEvents } from './survey.js';

export interface Copied extends Compared {
  readonly office?: OfficeProof;
  readonly ledgers: number;
}

interface Copying {
  readonly source: OpenEnd;
  readonly target: OpenEnd;
  readonly sameDatabase: boolean;
  /** The source's largest n. */
  readonly n: number;
  readonly lock: MoveLock;
}

/**
 * Copies and proves, and then gives the register over: the source points to the target before the target
 * takes the first append.
 */
export async function copyRegister(
  { source, target, sameDatabase, n, lock }: Copying,
  { tell, ledgers }: MoveMeans,
): Promise<Copied> {
  tell.step('read-only');
  const from = await source.store();
  const moving = reasonText({ kind: 'moving', place: target.told });
  const moved = reasonText({ kind: 'moved', place: target.told });
  const given = (await from.readOnly()) === moved;
  if (!given) await from.setReadOnly(moving);
  await createOffice(target.pool);
  const to = await target.store();
  await refuseSameStore(from, to, moving);
  await to.setReadOnly(reasonText({ kind: 'arriving', place: source.told }));
  // Between the survey and the reason somebody may still have registered something.
  const end = given ? n : ((await from.head())?.n ?? n);

  if (!sameDatabase) {
    tell.step('office');
    await copyOffice(source.pool, target.pool);
  }
  tell.step('copying');
  const copying = new Meter('copying', end + 1, (it) => tell.progress(it));
  await to.import(copying.counted(from.readAll(null))).catch(refuseUnexpected);

  tell.step('proving');
  const proving = new Meter('proving', end + 1, (it) => tell.progress(it));
  const compared = await compareStores(from, to, end + 1, proving.at).catch((fault: unknown) =>
    refuseOtherEvents(target.told, fault),
  );
  const giveOver = async () => {
    await lock.stillHeld();
    await refuseLonger(from, to, end);
    await from.setReadOnly(moved);
  };

  tell.step('ledgers');
  const held = await ledgers.hold(target.databaseUrl, end);
  try {
    const office = sameDatabase
      ? await giveOver()
      : await proveOffice(source.pool, target.pool, giveOver);
    const translated = await ledgers.translate(target.pool, to);
    await to.setReadOnly(null);
    return { ...compared, ledgers: translated, ...(office === undefined ? {} : { office }) };
  } finally {
    await held.release();
  }
}

/** One store may be reached by two addresses; it then has the reason that was just given to the other. */
async function refuseSameStore(from: EventStore, to: EventStore, moving: string): Promise<void> {
  if ((await to.readOnly()) !== moving) return;
  await from.setReadOnly(null);
  refuseSamePlace();
}

export function refuseSamePlace(): never {
  return refuse('conflict', 'move/same-place', '移転元と移転先が同じです。');
}

async function refuseLonger(from: EventStore, to: EventStore, n: number): Promise<void> {
  const heads = await Promise.all([from.head(), to.head()]);
  if (heads.every((it) => it?.n === n)) return;
  refuse(
    'conflict',
    'move/other-events',
    `写している間に記録が増えました（移転元 ${heads[0]?.n}、移転先 ${heads[1]?.n}、確かめた登録番号 ${n}）。同じコマンドをもう一度実行してください。`,
  );
}

function refuseUnexpected(fault: unknown): never {
  if (!(fault instanceof UnexpectedHistory)) throw fault;
  return refuse(
    'conflict',
    'move/other-events',
    `移転先に別の記録があります（${fault.message}）。移転元は読み取り専用のままです。取りやめるときは --cancel を付けて実行してください。`,
  );
}
