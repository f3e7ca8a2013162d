import { describe, expect, test } from 'vitest';

import { purposeOf } from '../../src/counter/domain/purpose.js';
import { readPoiKinds } from '../../src/facilities/poi-kinds.js';
import { given } from '../support/given.js';

const kinds = readPoiKinds();

describe('利用の目的', () => {
  test.each([
    ['図書館', { field: '図書館' }],
    [' 公共施設相互利用 ', { field: '公共施設相互利用' }],
    ['1512', { field: '図書館', kind: { poi: '1512', name: '図書館', narrower: false } }],
    ['１５１２', { field: '図書館', kind: { poi: '1512', name: '図書館', narrower: false } }],
    ['保育園', { field: '保育', kind: { poi: '1402', name: '保育園', narrower: false } }],
    [
      '体育館',
      { field: '公共施設相互利用', kind: { poi: '1110', name: '体育館', narrower: true } },
    ],
  ])('%s', (text, expected) => {
    given(kinds)
      .when((it) => purposeOf(text, it))
      .gives(expected);
  });

  test('what is neither a field nor a kind is refused, with everything that may be asked for', () => {
    const refusal = given(kinds)
      .when((it) => purposeOf('魔法', it))
      .refusal();
    expect([refusal.code, refusal.faults[0]?.field]).toEqual(['purpose/unknown', 'purpose']);
    expect(refusal.faults[0]?.expected).toContain('災害時相互応援');
    expect(refusal.faults[0]?.expected).toContain('1512 図書館');
  });

  test('a kind that no field is about is refused as that', () => {
    given(kinds)
      .when((it) => purposeOf('カール', it))
      .refused('purpose/no-field', 'purpose');
  });
});
