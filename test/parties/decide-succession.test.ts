import { describe, test } from 'vitest';

import { decideEntered } from '../../src/entries/domain/decide-entry.js';
import { Timeline } from '../../src/entries/domain/timeline.js';
import { idOf, numbered, StreamBuilder, type DataOf } from '../support/event-builder.js';
import { given } from '../support/given.js';

const [shin, ko, otsu] = ['新市', '甲町', '乙町'].map((it) => idOf(it)) as [string, string, string];

const registered = () => {
  const it = new StreamBuilder('party', '新市');
  it.act('PartyRegistered', { kind: 'municipality', name: '新市', code: '141003' });
  return it;
};
const succeeding = (data: DataOf<'PartySucceeded'>) => (it: StreamBuilder) => {
  const before = new Timeline(numbered(it.events));
  return decideEntered('party', before, it.act('PartySucceeded', data), 'acts[0]');
};

describe('a succession is taken', () => {
  test('as a merger of several into a new body', () => {
    given(registered())
      .when(
        succeeding({
          manner: 'merger',
          predecessors: [ko, otsu],
          successors: [shin],
          ceased: [ko, otsu],
        }),
      )
      .gives(undefined);
  });

  test('as an absorption (編入合併), the body that goes on among the predecessors or not', () => {
    for (const predecessors of [[ko], [shin, ko]]) {
      given(registered())
        .when(succeeding({ manner: 'merger', predecessors, successors: [shin], ceased: [ko] }))
        .gives(undefined);
    }
  });

  test('as a split in which the body goes on', () => {
    given(registered())
      .when(succeeding({ manner: 'split', predecessors: [shin], successors: [shin, ko] }))
      .gives(undefined);
  });

  test('as a change of status of one body', () => {
    given(registered())
      .when(
        succeeding({
          manner: 'changeOfStatus',
          predecessors: [shin],
          successors: [shin],
          name: '新しい市',
          code: '141305',
        }),
      )
      .gives(undefined);
  });
});

describe('a succession is refused', () => {
  test('on the stream of a party that is none of the successors', () => {
    given(registered())
      .when(succeeding({ manner: 'merger', predecessors: [shin], successors: [ko] }))
      .refused('party/not-a-successor', 'acts[0].data.successors');
  });

  test('that names a party twice', () => {
    given(registered())
      .when(succeeding({ manner: 'merger', predecessors: [ko, otsu, ko], successors: [shin] }))
      .refused('party/named-twice', 'acts[0].data.predecessors[2]');
  });

  test('after which a successor is said to have ceased', () => {
    given(registered())
      .when(
        succeeding({
          manner: 'merger',
          predecessors: [shin, ko],
          successors: [shin],
          ceased: [ko, shin],
        }),
      )
      .refused('party/ceased-successor', 'acts[0].data.ceased[1]');
  });

  test('after which somebody ceased who was no predecessor', () => {
    given(registered())
      .when(
        succeeding({ manner: 'merger', predecessors: [ko], successors: [shin], ceased: [otsu] }),
      )
      .refused('party/ceased-no-predecessor', 'acts[0].data.ceased[0]');
  });

  test('as a merger or a split of one party with itself', () => {
    for (const manner of ['merger', 'split'] as const) {
      given(registered())
        .when(succeeding({ manner, predecessors: [shin], successors: [shin] }))
        .refused('party/only-itself', 'acts[0].data.predecessors');
    }
  });

  test('with a code or a 法人番号 of another check digit', () => {
    const merger = { manner: 'merger', predecessors: [ko], successors: [shin] } as const;
    given(registered())
      .when(succeeding({ ...merger, code: '141004' }))
      .refused('party/code-check-digit', 'acts[0].data.code');
    given(registered())
      .when(succeeding({ ...merger, corporateNumber: '4000020141003' }))
      .refused('party/corporate-number-check-digit', 'acts[0].data.corporateNumber');
  });
});

test('a code that is assigned has its check digit, in a correction too', () => {
  const assigning = (code: string) => (it: StreamBuilder) => {
    const before = new Timeline(numbered(it.events));
    return decideEntered('party', before, it.act('CodeAssigned', { code }), 'acts[0]');
  };
  given(registered()).when(assigning('221406')).gives(undefined);
  given(registered())
    .when(assigning('221407'))
    .refused('party/code-check-digit', 'acts[0].data.code');
  given(registered())
    .when((it) => {
      const assigned = it.act('CodeAssigned', { code: '221406' });
      const before = new Timeline(numbered(it.events));
      return decideEntered('party', before, it.correct(assigned, { code: '221407' }), 'acts[0]');
    })
    .refused('party/code-check-digit');
});
