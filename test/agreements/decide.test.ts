import { describe, test } from 'vitest';
import type { AgreementEvent } from '../../src/agreements/domain/acts.js';
import { decideEntered } from '../../src/entries/domain/decide-entry.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { Timeline } from '../../src/entries/domain/timeline.js';
import { idOf, numbered, StreamBuilder, type DataOf, type Said } from '../support/event-builder.js';
import { given } from '../support/given.js';

const [yokohama, kawasaki, kamakura] = ['横浜市', '川崎市', '鎌倉市'].map(idOf) as [
  string,
  string,
  string,
];

const outline = {
  keeper: yokohama,
  title: '図書館の相互利用に関する協定',
  kind: 'agreement',
  fields: ['図書館'],
  parties: [{ party: yokohama }, { party: kawasaki }],
} as const;

function draft(): StreamBuilder {
  const it = new StreamBuilder('agreement', '起案');
  it.act('AgreementDrafted', outline);
  return it;
}

function paper(): StreamBuilder {
  const it = new StreamBuilder('agreement', '協定書');
  it.act('AgreementRegistered', outline, { acted: '平成29年2月20日' });
  return it;
}

/** Enters one more act after what stands. */
function entering<T extends AgreementEvent['type'] | 'FactRetracted' | 'DisputeSettled'>(
  type: T,
  data: DataOf<T>,
  said: Said = {},
) {
  return (it: StreamBuilder) => {
    const before = new Timeline(numbered(it.events));
    const event: RegisterEvent = it.act(type, data, said);
    return decideEntered('agreement', before, event, 'acts[0]');
  };
}

describe('a draft', () => {
  test('is signed by each of its parties', () => {
    given(draft())
      .when(entering('PartySigned', { party: yokohama }))
      .gives(undefined);
  });

  test('is signed by nobody else', () => {
    given(draft())
      .when(entering('PartySigned', { party: kamakura }))
      .refused('agreement/not-a-party', 'acts[0].data.party');
  });

  test('is signed once by each', () => {
    const it = draft();
    it.act('PartySigned', { party: yokohama });
    given(it)
      .when(entering('PartySigned', { party: yokohama }))
      .refused('agreement/already-signed', 'acts[0].data.party');
  });

  test('can be signed again when the signature has fallen', () => {
    const it = draft();
    it.retract(it.act('PartySigned', { party: yokohama }));
    given(it)
      .when(entering('PartySigned', { party: yokohama }))
      .gives(undefined);
  });

  test('is not concluded while a signature is missing, and the missing are named', () => {
    const it = draft();
    it.act('PartySigned', { party: yokohama });
    given(it)
      .when(entering('AgreementConcluded', {}))
      .refused('agreement/signatures-missing', 'parties');
  });

  test('needs no signature of those who are not bound', () => {
    const it = new StreamBuilder('agreement', '事務局');
    it.act('AgreementDrafted', {
      ...outline,
      parties: [...outline.parties, { party: kamakura, role: 'secretariat' }],
    });
    it.act('PartySigned', { party: yokohama });
    it.act('PartySigned', { party: kawasaki });
    given(it).when(entering('AgreementConcluded', {})).gives(undefined);
  });

  test('is concluded once', () => {
    const it = draft();
    it.act('PartySigned', { party: yokohama });
    it.act('PartySigned', { party: kawasaki });
    it.act('AgreementConcluded', {});
    given(it).when(entering('AgreementConcluded', {})).refused('agreement/already-concluded');
  });

  test.each(['ServiceStarted', 'AgreementTookEffect'] as const)(
    'has no %s before it is concluded',
    (type) => {
      given(draft()).when(entering(type, {})).refused('agreement/not-concluded');
    },
  );

  test('names each party once', () => {
    const twice = { ...outline, parties: [{ party: yokohama }, { party: yokohama }] };
    given(new StreamBuilder('agreement', '重複'))
      .when(entering('AgreementDrafted', twice))
      .refused('agreement/party-twice', 'acts[0].data.parties[1].party');
  });
});

describe('an old paper', () => {
  test('is not signed or concluded after the fact', () => {
    given(paper())
      .when(entering('PartySigned', { party: yokohama }))
      .refused('agreement/not-drafted');
    given(paper()).when(entering('AgreementConcluded', {})).refused('agreement/not-drafted');
  });

  test('takes its facts in any order, and late', () => {
    given(paper())
      .when(entering('ServiceEnded', {}, { effective: '2010-01-01' }))
      .gives(undefined);
    given(paper())
      .when(entering('AgreementTookEffect', {}, { effective: '1999-01-01' }))
      .gives(undefined);
  });

  test('is opened by one act', () => {
    given(paper())
      .when(entering('AgreementRegistered', outline))
      .refused('agreement/already-open', 'acts[0].type');
  });

  test('ends once', () => {
    const it = paper();
    it.act('AgreementEnded', { ground: 'byAgreement' });
    given(it)
      .when(entering('AgreementEnded', { ground: 'expired' }))
      .refused('agreement/already-ended');
  });

  test('counts the facilities of its parties only', () => {
    given(paper())
      .when(entering('FacilitiesCounted', { of: kamakura, count: 5 }))
      .refused('agreement/not-a-party', 'acts[0].data.of');
  });

  test('is not superseded by itself', () => {
    const it = paper();
    given(it)
      .when(entering('AgreementSuperseded', { supersedes: idOf('協定書') }))
      .refused('agreement/itself', 'acts[0].data.supersedes');
  });
});

describe('a party', () => {
  test('accedes, leaves and comes back', () => {
    const it = paper();
    it.act('PartyAcceded', { party: kamakura });
    given(it)
      .when(entering('PartyAcceded', { party: kamakura }))
      .refused('agreement/already-a-party', 'acts[0].data.party');
    const left = paper();
    left.act('PartyWithdrew', { party: kawasaki });
    given(left)
      .when(entering('PartyAcceded', { party: kawasaki }))
      .gives(undefined);
  });

  test('that is none neither withdraws, nor gives notice, nor makes a reservation', () => {
    for (const type of ['PartyWithdrew', 'WithdrawalNotified', 'NonRenewalNotified'] as const) {
      given(paper())
        .when(entering(type, { party: kamakura }))
        .refused('agreement/not-a-party', 'acts[0].data.party');
    }
    given(paper())
      .when(entering('ReservationMade', { party: kamakura, text: '一部を留保する' }))
      .refused('agreement/not-a-party', 'acts[0].data.party');
  });

  test('withdraws no oftener than it came', () => {
    const left = paper();
    left.act('PartyWithdrew', { party: kawasaki });
    given(left)
      .when(entering('PartyWithdrew', { party: kawasaki }))
      .refused('agreement/already-withdrawn', 'acts[0].data.party');
    const back = paper();
    back.act('PartyWithdrew', { party: kawasaki });
    back.act('PartyAcceded', { party: kawasaki });
    given(back)
      .when(entering('PartyWithdrew', { party: kawasaki }))
      .gives(undefined);
  });

  test('withdraws a reservation that it has made', () => {
    const it = paper();
    given(it)
      .when(entering('ReservationWithdrawn', { party: kawasaki }))
      .refused('agreement/no-reservation', 'acts[0].data.party');
    const reserved = paper();
    reserved.act('ReservationMade', { party: kawasaki, text: '一部を留保する' });
    given(reserved)
      .when(entering('ReservationWithdrawn', { party: kawasaki }))
      .gives(undefined);
  });
});

describe('an area', () => {
  test('names a place or wards, and confines a party', () => {
    given(paper()).when(entering('ScopeStated', {})).refused('scope/empty', 'acts[0].data.areas');
    given(paper())
      .when(entering('ScopeStated', { areas: ['市境'], provider: kamakura }))
      .refused('agreement/not-a-party', 'acts[0].data.provider');
    given(paper())
      .when(entering('ScopeStated', { areas: ['市境'], provider: kawasaki }))
      .gives(undefined);
  });
});

describe('a topology', () => {
  const rest = 'unknown';
  test('of a hub names it', () => {
    given(paper())
      .when(entering('TopologyStated', { shape: 'hub', rest }))
      .refused('topology/incomplete', 'acts[0].data.of');
  });

  test('of pairs has some, of different parties', () => {
    given(paper())
      .when(entering('TopologyStated', { shape: 'pairs', rest }))
      .refused('topology/incomplete', 'acts[0].data.pairs');
    const pairs = [{ provider: yokohama, beneficiary: yokohama }];
    given(paper())
      .when(entering('TopologyStated', { shape: 'pairs', pairs, rest }))
      .refused('topology/self', 'acts[0].data.pairs[0]');
  });

  test('speaks of parties only', () => {
    const pairs = [{ provider: yokohama, beneficiary: kamakura }];
    given(paper())
      .when(entering('TopologyStated', { shape: 'pairs', pairs, rest }))
      .refused('agreement/not-a-party', 'acts[0].data.pairs[0].beneficiary');
  });
});

describe('what stands', () => {
  test('is retracted once', () => {
    const it = paper();
    const started = it.act('ServiceStarted', {});
    it.retract(started);
    given(it)
      .when(entering('FactRetracted', { events: [started.id] }))
      .refused('fact/not-standing', 'acts[0].data.events[0]');
  });

  test('is here, or it is not retracted', () => {
    given(paper())
      .when(entering('FactRetracted', { events: [idOf('よその事実')] }))
      .refused('fact/unknown', 'acts[0].data.events[0]');
  });

  test('is in dispute, or there is nothing to settle', () => {
    const it = paper();
    const dispute = it.dispute(it.events[0]!, { title: '別の題名' });
    given(it)
      .when(entering('DisputeSettled', { dispute: dispute.id }))
      .gives(undefined);
    const settled = paper();
    const other = settled.dispute(settled.events[0]!, { title: '別の題名' });
    settled.settle(other);
    given(settled)
      .when(entering('DisputeSettled', { dispute: other.id }))
      .refused('dispute/not-open', 'acts[0].data.dispute');
  });

  test('may not become by correction what could not have been entered', () => {
    const parties = [{ party: yokohama }, { party: yokohama }];
    given(paper())
      .when((it) => {
        const before = new Timeline(numbered(it.events));
        const correction = it.correct(it.events[0]!, { parties });
        return decideEntered('agreement', before, correction, 'acts[0]');
      })
      .refused('agreement/party-twice');
  });
});
