import { expect, test } from 'vitest';

import { moveStage, type MoveState } from '../../src/move/move-stage.js';
import { readReason, reasonText, whyReadOnly } from '../../src/move/read-only-reason.js';
import { given } from '../support/given.js';

const from = 'postgres://one:5432/musubi?register=main';
const to = 'esdb://a:2113,b:2113?register=main';

/** A state in the words that stand in the two stores. */
function state(
  source: readonly [n: number, reason?: string],
  target: readonly [n: number, reason?: string],
  recorded = false,
): MoveState {
  const side = ([n, reason]: readonly [number, string?]) => {
    return { n, reason: reason === undefined ? null : readReason(reason) };
  };
  return { from, to, source: side(source), target: side(target), recorded };
}

test.each<[string, MoveState, ReturnType<typeof moveStage>]>([
  ['an empty target', state([9], [-1]), { left: 'copy', compareFirst: false }],
  ['a target with an earlier part', state([9], [4]), { left: 'copy', compareFirst: true }],
  ['a target that it left once', state([9], [4, `moved:${from}`]), copyAfterComparing()],
  ['a target that another was left for', state([9], [4, 'moved:esdb://x']), copyAfterComparing()],
  [
    'a move that was broken off before the target knew',
    state([9, `move:${to}`], [4]),
    copyAfterComparing(),
  ],
  [
    'a move that was broken off while it copied',
    state([9, `move:${to}`], [4, `arriving:${from}`]),
    { left: 'copy', compareFirst: false },
  ],
  [
    'a move that was broken off between the proof and the end',
    state([9, `moved:${to}`], [9, `arriving:${from}`]),
    { left: 'copy', compareFirst: false },
  ],
  [
    'a move that was broken off before it was recorded',
    state([9, `moved:${to}`], [9]),
    { left: 'record' },
  ],
  ['the same, and the target went on since', state([9, `moved:${to}`], [12]), { left: 'record' }],
  ['a move that is done', state([9, `moved:${to}`], [12], true), { left: 'nothing' }],
  [
    'a move that is done, and the target moved on since',
    state([9, `moved:${to}`], [12, 'moved:esdb://x'], true),
    { left: 'nothing' },
  ],
])('%s', (_, found, stage) => {
  given(found).when(moveStage).gives(stage);
});

test.each<[string, MoveState, string]>([
  ['a source without events', state([-1], [-1]), 'move/source-empty'],
  ['a target with more events', state([9], [10]), 'move/other-events'],
  ['a source on another way', state([9, 'move:esdb://x'], [-1]), 'move/under-way-elsewhere'],
  ['a source that is elsewhere', state([9, 'moved:esdb://x'], [-1]), 'move/moved-elsewhere'],
  ['a source that is a copy', state([9, 'arriving:esdb://x'], [-1]), 'move/source-incomplete'],
  ['a source that somebody closed', state([9, '点検'], [-1]), 'move/source-read-only'],
  ['a target that is moving itself', state([9], [4, 'move:esdb://x']), 'move/target-busy'],
  ['a target for another', state([9], [4, 'arriving:esdb://x']), 'move/target-busy'],
  ['a target that somebody closed', state([9], [4, '点検']), 'move/target-busy'],
  ['a target that lost its events', state([9, `moved:${to}`], [5]), 'move/target-lost'],
  [
    'a target that moved on without a record',
    state([9, `moved:${to}`], [12, 'moved:esdb://x']),
    'move/target-lost',
  ],
])('%s is refused', (_, found, code) => {
  given(found).when(moveStage).refused(code);
});

function copyAfterComparing() {
  return { left: 'copy', compareFirst: true } as const;
}

test.each(['move:esdb://a', 'moved:postgres://b', 'arriving:embedded', '年次の点検', 'moves'])(
  'the reason %s is read as it was written',
  (text) => {
    expect(reasonText(readReason(text))).toBe(text);
    // Where the other end is, is told to those alone who keep it.
    expect(whyReadOnly(text)).not.toMatch(/esdb|postgres|embedded/);
  },
);
