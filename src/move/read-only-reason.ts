/**
 * Why a store is read-only, as a move writes it. `place` is the other end, told without secrets.
 *
 * - `moving`: the register is being copied to `place`, or that was broken off; this is the register.
 * - `moved`: the register is at `place`; what stands here is an earlier part of it.
 * - `arriving`: a register is being copied to here from `place`; what stands here is a part of it.
 * - `other`: a person said so, `place` is what he said.
 */
export interface ReadOnlyReason {
  readonly kind: 'moving' | 'moved' | 'arriving' | 'other';
  readonly place: string;
}

const prefixes = { moving: 'move:', moved: 'moved:', arriving: 'arriving:' } as const;

export function reasonText({ kind, place }: ReadOnlyReason): string {
  return kind === 'other' ? place : `${prefixes[kind]}${place}`;
}

export function readReason(text: string): ReadOnlyReason {
  for (const kind of ['moving', 'moved', 'arriving'] as const) {
    const prefix = prefixes[kind];
    if (text.startsWith(prefix)) return { kind, place: text.slice(prefix.length) };
  }
  return { kind: 'other', place: text };
}

/** One Japanese clause for whoever wanted to write; where the other end is, only its keepers need. */
export function whyReadOnly(text: string): string {
  const { kind, place } = readReason(text);
  switch (kind) {
    case 'moving':
      return '登録簿を別の保存先へ移しています';
    case 'moved':
      return '登録簿は別の保存先へ移りました';
    case 'arriving':
      return '別の保存先の登録簿を、ここへ写しています';
    case 'other':
      return place;
  }
}
