import { describe, expect, test } from 'vitest';

import { standing } from '../../src/entries/domain/standing.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { idOf, numbered, StreamBuilder } from '../support/event-builder.js';

const yokohama = idOf('横浜市');

function history() {
  const it = new StreamBuilder('agreement', '横浜・川崎');
  const concluded = it.act('AgreementConcluded', {}, { acted: '平成29年2月20日' });
  return { it, concluded };
}
const stand = (it: StreamBuilder, counting: 'approved' | 'entered' = 'approved') =>
  standing(numbered(it.events), counting).events.map(({ event }) => event.id);
const ids = (...events: readonly RegisterEvent[]) => events.map((it) => it.id);

describe('a retraction', () => {
  test('takes back what it lists', () => {
    const { it, concluded } = history();
    const started = it.act('ServiceStarted', {}, { effective: '平成29年3月1日' });
    const retracted = it.retract(concluded);
    expect(stand(it)).toEqual(ids(started, retracted));
    expect(standing(numbered(it.events), 'approved').fallen.get(concluded.id)).toBe(retracted.id);
  });

  test('that is itself retracted takes nothing back', () => {
    const { it, concluded } = history();
    const second = it.retract(it.retract(concluded));
    expect(stand(it)).toEqual(ids(concluded, second));
  });

  test('of any depth is read from the newest backwards', () => {
    const { it, concluded } = history();
    let last = it.retract(concluded);
    for (let depth = 2; depth <= 7; depth++) {
      last = it.retract(last);
      expect(stand(it).includes(concluded.id)).toBe(depth % 2 === 0);
    }
  });

  test('of a retraction and of the act besides leaves both fallen', () => {
    const { it, concluded } = history();
    const first = it.retract(concluded);
    const second = it.retract(first, concluded);
    expect(stand(it)).toEqual(ids(second));
  });

  test('that lists itself or what came later takes nothing back', () => {
    const { it, concluded } = history();
    const itself = it.act('FactRetracted', {
      events: [idOf(`${it.stream}#1`), idOf(`${it.stream}#2`)],
    });
    const later = it.act('PartySigned', { party: yokohama });
    expect(stand(it)).toEqual(ids(concluded, itself, later));
    expect(standing(numbered(it.events), 'approved').fallen.size).toBe(0);
  });
});

describe('an entry', () => {
  test('counts for answers from its approval, and for decisions at once', () => {
    const it = new StreamBuilder('agreement', '承認');
    const concluded = it.act('AgreementConcluded', {}, { entry: '起案1' });
    expect(stand(it)).toEqual([]);
    expect(stand(it, 'entered')).toEqual(ids(concluded));
    const approved = it.approve('起案1');
    expect(stand(it)).toEqual(ids(concluded, approved));
  });

  test('that was rejected counts for neither', () => {
    const it = new StreamBuilder('agreement', '差戻し');
    it.act('AgreementConcluded', {}, { entry: '起案1' });
    const rejected = it.reject('起案1');
    expect(stand(it)).toEqual(ids(rejected));
    expect(stand(it, 'entered')).toEqual(ids(rejected));
  });

  test('waits again once its approval is retracted, until that retraction is', () => {
    const it = new StreamBuilder('agreement', '承認の取消');
    const concluded = it.act('AgreementConcluded', {}, { entry: '起案1' });
    const approved = it.approve('起案1');
    const withdrawn = it.retract(approved);
    expect(stand(it)).toEqual(ids(withdrawn));
    expect(stand(it, 'entered')).toEqual(ids(concluded, withdrawn));
    const restored = it.retract(withdrawn);
    expect(stand(it)).toEqual(ids(concluded, approved, restored));
  });

  test('waiting to retract takes nothing back before it is approved', () => {
    const { it, concluded } = history();
    it.act('FactRetracted', { events: [concluded.id] }, { entry: '取消1' });
    expect(stand(it)).toContain(concluded.id);
    expect(stand(it, 'entered')).not.toContain(concluded.id);
    it.approve('取消1');
    expect(stand(it)).not.toContain(concluded.id);
  });

  test('whose rejection was retracted waits again', () => {
    const it = new StreamBuilder('agreement', '差戻しの取消');
    const concluded = it.act('AgreementConcluded', {}, { entry: '起案1' });
    it.retract(it.reject('起案1'));
    expect(stand(it, 'entered')).toContain(concluded.id);
    expect(stand(it)).not.toContain(concluded.id);
  });
});
