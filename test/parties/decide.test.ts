import { describe, test } from 'vitest';
import { decideEntered } from '../../src/entries/domain/decide-entry.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { Timeline } from '../../src/entries/domain/timeline.js';
import type { PartyEvent } from '../../src/parties/domain/acts.js';
import { idOf, numbered, StreamBuilder, type DataOf } from '../support/event-builder.js';
import { given } from '../support/given.js';

const council = () => {
  const it = new StreamBuilder('party', '九都県市');
  it.act('PartyRegistered', { kind: 'council', name: '九都県市' });
  return it;
};

function entering<T extends PartyEvent['type']>(type: T, data: DataOf<T>) {
  return (it: StreamBuilder) => {
    const before = new Timeline(numbered(it.events));
    const event: RegisterEvent = it.act(type, data);
    return decideEntered('party', before, event, 'acts[0]');
  };
}

describe('a code', () => {
  const nobody = () => new StreamBuilder('party', '横浜市');
  const yokohama = { kind: 'municipality', name: '横浜市' } as const;

  test('with its check digit is taken', () => {
    const codes = { code: '141003', corporateNumber: '3000020141003' };
    given(nobody())
      .when(entering('PartyRegistered', { ...yokohama, ...codes }))
      .gives(undefined);
  });

  test('with another check digit is refused', () => {
    given(nobody())
      .when(entering('PartyRegistered', { ...yokohama, code: '141004' }))
      .refused('party/code-check-digit', 'acts[0].data.code');
    given(nobody())
      .when(entering('PartyRegistered', { ...yokohama, corporateNumber: '4000020141003' }))
      .refused('party/corporate-number-check-digit', 'acts[0].data.corporateNumber');
  });

  test('of another form is refused', () => {
    given(nobody())
      .when(entering('PartyRegistered', { ...yokohama, code: '14100' }))
      .refused('party/code-form', 'acts[0].data.code');
  });

  test('is checked in a correction too', () => {
    const it = nobody();
    it.act('PartyRegistered', { ...yokohama, code: '141003' });
    given(it)
      .when((them) => {
        const before = new Timeline(numbered(them.events));
        const correction = them.correct(them.events[0]!, { code: '141305' });
        return decideEntered('party', before, correction, 'acts[0]');
      })
      .gives(undefined);
    given(it)
      .when((them) => {
        const before = new Timeline(numbered(them.events));
        const correction = them.correct(them.events[0]!, { code: '141306' });
        return decideEntered('party', before, correction, 'acts[0]');
      })
      .refused('party/code-check-digit');
  });
});

describe('a member', () => {
  const kawasaki = idOf('川崎市');

  test('joins once, leaves, and joins again', () => {
    const it = council();
    it.act('MemberJoined', { member: kawasaki });
    given(it)
      .when(entering('MemberJoined', { member: kawasaki }))
      .refused('party/already-a-member', 'acts[0].data.member');
    const again = council();
    again.act('MemberJoined', { member: kawasaki });
    again.act('MemberLeft', { member: kawasaki });
    given(again)
      .when(entering('MemberJoined', { member: kawasaki }))
      .gives(undefined);
  });

  test('that never joined does not leave', () => {
    given(council())
      .when(entering('MemberLeft', { member: kawasaki }))
      .refused('party/not-a-member', 'acts[0].data.member');
  });

  test('is not the council itself', () => {
    given(council())
      .when(entering('MemberJoined', { member: idOf('九都県市') }))
      .refused('party/own-member', 'acts[0].data.member');
  });
});
