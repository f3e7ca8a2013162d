import { describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { AgreementHistory } from '../support/history.js';

const yokohama = idOf('横浜市');

function agreed(): StreamBuilder {
  const stream = new StreamBuilder('agreement', '利用条件');
  stream.act(
    'AgreementRegistered',
    {
      keeper: yokohama,
      title: '図書館の相互利用に関する協定',
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: yokohama }, { party: idOf('藤沢市') }],
    },
    { acted: '2017-02-07' },
  );
  return stream;
}

describe('利用条件 of a provider', () => {
  test('an event without clause, conditions and exclusions folds to what it says, and no more', () => {
    const stream = agreed();
    const data = { provider: yokohama, eligibility: [{ basis: 'resident' as const }] };
    const { id } = stream.act('TermsOfUseSet', data);
    const history = new AgreementHistory(stream.events);
    expect(history.contents(`terms:${yokohama}`, '2017-03-01')).toEqual([
      { stated: { by: id, ...data } },
    ]);
  });

  test('a change of its own day leaves the earlier days their terms', () => {
    const stream = agreed();
    stream.act('TermsOfUseSet', {
      provider: yokohama,
      eligibility: [{ basis: 'resident' }],
      limits: ['6点まで'],
    });
    stream.act(
      'TermsOfUseSet',
      {
        provider: yokohama,
        clause: '第3条',
        eligibility: [{ basis: 'anyone', condition: '利用登録' }],
        excluded: [{ basis: 'student' }],
        limits: ['10点まで'],
      },
      { effective: '2019-04-01' },
    );
    const history = new AgreementHistory(stream.events);
    const limits = (day: string) =>
      history
        .contents<{ stated: { limits: string[] } }>(`terms:${yokohama}`, day)
        .map((it) => it.stated.limits);
    expect(limits('2019-03-31')).toEqual([['6点まで']]);
    expect(limits('2019-04-01')).toEqual([['10点まで']]);
  });
});
