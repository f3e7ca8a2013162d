import { refuse } from '../entries/domain/refusal.js';
import type { Head } from '../event-sourcing/event-store.js';
import { type ReadOnlyReason } from './read-only-reason.js';

/** What a store says of itself before a move. */
export interface StoreState {
  /** The largest n, −1 for none. */
  readonly n: Head['n'];
  readonly reason: ReadOnlyReason | null;
}

export interface MoveState {
  /** Both ends, told as they stand in reasons and events. */
  readonly from: string;
  readonly to: string;
  readonly source: StoreState;
  readonly target: StoreState;
  /** Whether the target holds RegisterMoved of this very way behind the source's last event. */
  readonly recorded: boolean;
}

/**
 * What is left to do.
 * - `copy`: everything; `compareFirst` where the target holds events whose origin it does not tell.
 * - `record`: the source points to the target already, which is proven and takes appends.
 * - `nothing`: it was finished before.
 */
export type Stage =
  | { readonly left: 'copy'; readonly compareFirst: boolean }
  | { readonly left: 'record' }
  | { readonly left: 'nothing' };

/**
 * The order of steps makes this decidable at any moment: the source is `moved` only after the proof, and
 * the target takes appends only after that. Before, the source is the register and the move can be taken
 * back; afterwards it can only go on.
 * @throws Refusal `move/…`
 */
export function moveStage({ from, to, source, target, recorded }: MoveState): Stage {
  if (source.n < 0) {
    refuse('unknown', 'move/source-empty', `移転元 ${from} に登録簿の記録がありません。`);
  }
  if (source.reason?.kind === 'moved' && source.reason.place === to) {
    return afterProof(to, source, target, recorded);
  }
  refuseSource(from, to, source.reason);
  refuseTarget(from, to, target.reason);
  if (target.n > source.n) {
    refuse(
      'conflict',
      'move/other-events',
      `移転先 ${to} に、移転元にない記録があります（登録番号 ${source.n + 1} から）。何も変えていません。`,
    );
  }
  return { left: 'copy', compareFirst: target.n >= 0 && target.reason?.kind !== 'arriving' };
}

function afterProof(to: string, source: StoreState, target: StoreState, recorded: boolean): Stage {
  if (recorded) return { left: 'nothing' };
  if (target.reason?.kind === 'arriving') return { left: 'copy', compareFirst: false };
  if (target.reason === null && target.n >= source.n) return { left: 'record' };
  return refuse(
    'conflict',
    'move/target-lost',
    `移転元は ${to} へ移ったとしていますが、そこに登録簿の続きがありません（登録番号 ${target.n} まで）。移転先の指定を確かめてください。`,
  );
}

function refuseSource(from: string, to: string, reason: ReadOnlyReason | null): void {
  if (reason === null) return;
  const { kind, place } = reason;
  switch (kind) {
    case 'moving':
      if (place === to) return;
      return refuse(
        'conflict',
        'move/under-way-elsewhere',
        `移転元は ${place} へ移している途中です。そちらを終えるか、--cancel で取りやめてください。`,
      );
    case 'moved':
      return refuse(
        'conflict',
        'move/moved-elsewhere',
        `移転元の登録簿は、すでに ${place} へ移っています。`,
      );
    case 'arriving':
      return refuse(
        'conflict',
        'move/source-incomplete',
        `移転元 ${from} は ${place} から写している途中で、登録簿がそろっていません。`,
      );
    case 'other':
      return refuse(
        'conflict',
        'move/source-read-only',
        `移転元は読み取り専用にされています（${place}）。解かれてから移してください。`,
      );
  }
}

function refuseTarget(from: string, to: string, reason: ReadOnlyReason | null): void {
  if (reason === null || reason.kind === 'moved') return;
  if (reason.kind === 'arriving' && reason.place === from) return;
  const why =
    reason.kind === 'arriving'
      ? `${reason.place} から写している途中です`
      : reason.kind === 'moving'
        ? `${reason.place} へ移している途中です`
        : `読み取り専用にされています（${reason.place}）`;
  refuse('conflict', 'move/target-busy', `移転先 ${to} は${why}。`);
}
