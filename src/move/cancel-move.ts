import type { Config } from '../config.js';
import { refuse } from '../entries/domain/refusal.js';
import { isSameDatabase, lockMove } from './move-lock.js';
import { type End, isMissing, openEnd, type OpenEnd } from './open-place.js';
import { reasonText } from './read-only-reason.js';
import { recordedAt, stateOf } from './survey.js';

export interface CancelOrder {
  readonly from: End;
  /** Named too, it is told that the register stays where it was; otherwise it goes on waiting. */
  readonly to: End | undefined;
  readonly register: string;
}

/**
 * Takes back a move that was begun: the source takes appends again. The source says `moving` until the
 * proof is done, and until then the target has taken no append, so nothing can be lost.
 * @throws Refusal `move/finished`, `move/not-under-way`, `move/under-way`
 */
export async function cancelMove(
  { from, to, register }: CancelOrder,
  config: Pick<Config, 'data'>,
): Promise<void> {
  const ends: OpenEnd[] = [];
  let release: (() => Promise<void>) | undefined;
  try {
    const source = await openEnd(from, register, config);
    ends.push(source);
    const there = to !== undefined && !isMissing(to.database, config);
    const target = there ? await openEnd(to, register, config) : undefined;
    if (target !== undefined) ends.push(target);
    const alone = target === undefined || (await isSameDatabase(source.pool, target.pool));
    const lock = await lockMove(ends.slice(0, alone ? 1 : 2).map((it) => it.databaseUrl));
    release = () => lock.release();
    await refuseNotUnderWay(source, target, register);
    if (target !== undefined) await leave(target, source.told);
    await (await source.store()).setReadOnly(null);
  } finally {
    await release?.();
    for (const it of ends) await it.close();
  }
}

async function refuseNotUnderWay(
  source: OpenEnd,
  target: OpenEnd | undefined,
  register: string,
): Promise<void> {
  const { reason, n } = await stateOf(source);
  if (reason?.kind === 'moved') {
    refuse(
      'conflict',
      'move/finished',
      `登録簿は ${reason.place} に移り終えています。取りやめることはできません。戻すときは、そこから移してください。`,
    );
  }
  if (reason?.kind !== 'moving') {
    refuse('conflict', 'move/not-under-way', `${source.told} から移す作業は行われていません。`);
  }
  if (target === undefined) return;
  if (reason.place !== target.told) {
    refuse(
      'conflict',
      'move/under-way-elsewhere',
      `移している先は ${target.told} でなく ${reason.place} です。`,
    );
  }
  if ((await target.hasStore()) && (await recordedAt(target, register, n, source.told))) {
    refuse(
      'conflict',
      'move/finished',
      '移転先に移転の記録(RegisterMoved)があります。取りやめることはできません。',
    );
  }
}

/** What was copied stays for another time, and says where the register is. */
async function leave(target: OpenEnd, source: string): Promise<void> {
  const { reason, n } = await stateOf(target);
  if (reason?.kind !== 'arriving' || reason.place !== source) return;
  const moved = reasonText({ kind: 'moved', place: source });
  await (await target.store()).setReadOnly(n < 0 ? null : moved);
}
