import { describe, expect, test } from 'vitest';

import { contentOf } from '../../src/entries/domain/content.js';
import { standing } from '../../src/entries/domain/standing.js';
import { date, idOf, numbered, StreamBuilder } from '../support/event-builder.js';

const kawasaki = idOf('川崎市');

function counted(count: number) {
  const it = new StreamBuilder('agreement', '横浜・川崎');
  const act = it.act(
    'FacilitiesCounted',
    { of: kawasaki, count, heading: '図書館' },
    { effective: '平成29年3月1日' },
  );
  const content = () => contentOf(act, standing(numbered(it.events), 'approved').events);
  return { it, act, content };
}

describe('a corrected act', () => {
  test('says what the newest correction says, field by field', () => {
    const { it, act, content } = counted(12);
    it.correct(act, { count: 13, heading: '図書館・図書室' });
    it.correct(act, { count: 14 });
    expect(content().data).toEqual({ of: kawasaki, count: 14, heading: '図書館・図書室' });
  });

  test('has its day corrected as well, and keeps what nobody corrected', () => {
    const { it, act, content } = counted(13);
    it.correct(act, { effective: '平成30年4月3日' });
    expect(content().effective).toEqual(date('平成30年4月3日'));
    expect(content().data).toEqual(act.data);
  });

  test('says the old value again when its correction is retracted', () => {
    const { it, act, content } = counted(12);
    it.correct(act, { count: 13 });
    const second = it.correct(act, { count: 130, heading: '誤' });
    it.retract(second);
    expect(content().data).toEqual({ of: kawasaki, count: 13, heading: '図書館' });
  });

  test('loses a field that the correction says is not there', () => {
    const { it, act, content } = counted(13);
    it.correct(act, { heading: undefined, effective: undefined });
    expect(content().data).toEqual({ of: kawasaki, count: 13 });
    expect(content().effective).toBeUndefined();
  });

  test('waits for the approval of its correction', () => {
    const { it, act, content } = counted(12);
    it.correct(act, { count: 13 }, { entry: '訂正1' });
    expect(content().data).toMatchObject({ count: 12 });
    it.approve('訂正1');
    expect(content().data).toMatchObject({ count: 13 });
  });

  test('is not touched by the correction of another', () => {
    const { it, content } = counted(13);
    const other = it.act('FacilitiesCounted', { of: kawasaki, count: 5 });
    it.correct(other, { count: 6 });
    expect(content().data).toMatchObject({ count: 13 });
  });
});
