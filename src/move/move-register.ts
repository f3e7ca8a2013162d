import { refuse } from '../entries/domain/refusal.js';
import { compareStores } from './compare-stores.js';
import { copyRegister, refuseSamePlace } from './copy-register.js';
import { isSameDatabase, lockMove } from './move-lock.js';
import type { Moved, MoveMeans, MoveOrder } from './move-order.js';
import { isMissing, openEnd, type OpenEnd, toldEnd } from './open-place.js';
import { Meter } from './progress.js';
import { recordMove } from './record-move.js';
import { ownStream, refuseOtherEvents, survey, type Survey } from './survey.js';

/** Opened things, closed in the reverse order however far it came. */
type Closers = (() => Promise<void>)[];

/**
 * Moves a register from one store to another, in the order of n, and proves that they are equal. Killed
 * at any moment, the same order carries on; see `moveStage` for why that is safe.
 * @throws Refusal `move/…`, `account/unknown`, `access/not-for-this-body`, DatabaseFault, StoreUnavailable
 */
export async function moveRegister(order: MoveOrder, means: MoveMeans): Promise<Moved> {
  const closers: Closers = [];
  try {
    return await moved(order, means, closers);
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

async function moved(order: MoveOrder, means: MoveMeans, closers: Closers): Promise<Moved> {
  const { from, to, register, check } = order;
  const told = { from: toldEnd(from.place, register), to: toldEnd(to.place, register) };
  if (told.from === told.to) refuseSamePlace();
  if (isMissing(from.database, means.config)) refuseMissing(means.config.data);
  const source = await openEnd(from, register, means.config);
  closers.push(() => source.close());
  if (isMissing(to.database, means.config)) {
    const found = await survey(order, means, source, undefined, false);
    if (check) return { ...told, ...foundAs(found), sameDatabase: false };
  }
  const target = await openEnd(to, register, means.config);
  closers.push(() => target.close());
  const sameDatabase = await isSameDatabase(source.pool, target.pool);
  const eventsApart = [from, to].some(({ place }) => place.kind === 'eventstoredb');
  if (sameDatabase && !eventsApart) refuseSamePlace();

  const lock = check
    ? undefined
    : await lockMove([source.databaseUrl, ...(sameDatabase ? [] : [target.databaseUrl])]);
  if (lock !== undefined) closers.push(() => lock.release());
  const found = await survey(order, means, source, target, sameDatabase);
  const result = { ...told, ...foundAs(found), sameDatabase };
  if (lock === undefined || found.stage.left === 'nothing') return result;

  const copied =
    found.stage.left === 'copy'
      ? await copyRegister({ source, target, sameDatabase, n: found.n, lock }, means)
      : await proveAgain(source, target, found.n, means);
  means.tell.step('recording');
  const recorded = await recordMove(await target.store(), means.clock, ownStream(register), {
    ...told,
    digest: copied.digest,
    by: found.by,
    ground: order.ground,
  });
  return { ...result, ...copied, recorded };
}

/** What the target holds behind the source's end was registered there since it takes appends. */
async function proveAgain(source: OpenEnd, target: OpenEnd, n: number, { tell }: MoveMeans) {
  tell.step('proving');
  const meter = new Meter('proving', n + 1, (it) => tell.progress(it));
  const [from, to] = [await source.store(), await target.store()];
  return compareStores(from, to, n + 1, meter.at).catch((fault: unknown) =>
    refuseOtherEvents(target.told, fault),
  );
}

function foundAs({ stage, n, found, recorded }: Survey) {
  return {
    left: stage.left,
    events: n + 1,
    found: Math.min(found, n) + 1,
    ...(recorded === undefined
      ? {}
      : { digest: recorded.digest, recorded: { n: recorded.n, id: recorded.id } }),
  };
}

function refuseMissing(data: string): never {
  return refuse(
    'unknown',
    'database/none',
    `${data} に登録簿のデータがありません。MUSUBI_DATA を確かめてください。`,
  );
}
