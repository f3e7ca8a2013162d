import { describe, expect, test } from 'vitest';

import {
  touching,
  unreserved,
  type Reservations,
} from '../../src/agreements/domain/reservation.js';
import { areasFor, type Scope } from '../../src/agreements/domain/scope.js';
import { owes, topologyIn, type Topology } from '../../src/agreements/domain/topology.js';
import { StreamBuilder } from '../support/event-builder.js';
import { AgreementHistory } from '../support/history.js';

const parties = [{ party: 'A' }, { party: 'B' }, { party: 'C' }];

function registered(): StreamBuilder {
  const it = new StreamBuilder('agreement', '応援協定');
  it.act(
    'AgreementRegistered',
    { keeper: 'A', title: '応援協定', kind: 'agreement', fields: ['防災', '図書館'], parties },
    { acted: '2010-04-01' },
  );
  return it;
}

describe('留保', () => {
  const reservations = (it: StreamBuilder, on: string) => {
    const [only] = new AgreementHistory(it.events).contents<Reservations>('reservation:A', on);
    return only!;
  };
  const answer = (it: StreamBuilder, on: string, towards = ['B'], field = '防災') =>
    unreserved(reservations(it, on), towards, field).answer;

  test('one that names the beneficiary keeps the party from owing it, and nobody else', () => {
    const it = registered();
    it.act(
      'ReservationMade',
      { party: 'A', text: 'Bを除く', towards: ['B'] },
      { acted: '2010-04-01' },
    );
    expect(answer(it, '2011-01-01')).toBe('no');
    expect(answer(it, '2011-01-01', ['C'])).toBe('yes');
    expect(answer(it, '2011-01-01', ['X', 'B'])).toBe('no');
  });

  test('one that names a field keeps the party from owing anybody in it', () => {
    const it = registered();
    it.act('ReservationMade', { party: 'A', text: '図書館を除く', fields: ['図書館'] });
    expect(answer(it, '2011-01-01', ['B'], '図書館')).toBe('no');
    expect(answer(it, '2011-01-01', ['B'], '防災')).toBe('yes');
  });

  test('one whose extent is not stated leaves open what the party gives, from its own day', () => {
    const it = registered();
    it.act('ReservationMade', { party: 'A', text: '一部を留保する' }, { effective: '2012-04-01' });
    expect(answer(it, '2012-03-31')).toBe('yes');
    expect(answer(it, '2012-04-01')).toBe('undetermined');
    expect(touching(reservations(it, '2012-04-01'), ['B'], '防災')).toMatchObject([
      { text: '一部を留保する' },
    ]);
  });

  test('a withdrawal takes back every one that was made before it', () => {
    const it = registered();
    it.act(
      'ReservationMade',
      { party: 'A', text: 'B', towards: ['B'] },
      { effective: '2012-04-01' },
    );
    it.act(
      'ReservationMade',
      { party: 'A', text: 'C', towards: ['C'] },
      { effective: '2012-05-01' },
    );
    it.act('ReservationWithdrawn', { party: 'A' }, { effective: '2013-04-01' });
    expect(answer(it, '2012-06-01', ['C'])).toBe('no');
    expect(answer(it, '2013-04-01', ['C'])).toBe('yes');
    expect(answer(it, '2013-04-01')).toBe('yes');
  });
});

describe('拘束関係', () => {
  const answer = (it: StreamBuilder, on: string, field: string) => {
    const [only] = new AgreementHistory(it.events).contents<Topology>('topology', on);
    return owes(topologyIn(only!, field), { provider: 'A', beneficiary: 'B' });
  };

  test('a statement about one field says nothing of another', () => {
    const it = registered();
    it.act('TopologyStated', { shape: 'mesh', rest: 'notBound', fields: ['図書館'] });
    expect(answer(it, '2011-01-01', '図書館')).toBe('yes');
    expect(answer(it, '2011-01-01', '防災')).toBe('undetermined');
  });

  test('a later one about all fields takes the place of it', () => {
    const it = registered();
    it.act('TopologyStated', { shape: 'mesh', rest: 'notBound', fields: ['図書館'] });
    const none = { shape: 'hub', of: 'C', rest: 'notBound' } as const;
    it.act('TopologyStated', none, { effective: '2012-04-01' });
    expect(answer(it, '2012-03-31', '図書館')).toBe('yes');
    expect(answer(it, '2012-04-01', '図書館')).toBe('no');
    expect(answer(it, '2012-04-01', '防災')).toBe('no');
  });
});

describe('区域', () => {
  const areas = (it: StreamBuilder, on: string, provider = 'A', field = '防災') => {
    const [only] = new AgreementHistory(it.events).contents<Scope>('scope', on);
    return areasFor(only!, provider, field);
  };

  test('a statement about one provider says nothing of another', () => {
    const it = registered();
    it.act('ScopeStated', { areas: ['市境から1キロ'], provider: 'A' });
    expect(areas(it, '2011-01-01')).toMatchObject([{ areas: ['市境から1キロ'] }]);
    expect(areas(it, '2011-01-01', 'B')).toEqual([]);
  });

  test('a later one takes the place of the earlier one about the same, from its day on', () => {
    const it = registered();
    it.act('ScopeStated', { areas: ['北部'], fields: ['防災'] });
    it.act('ScopeStated', { areas: ['図書館の周辺'], fields: ['図書館'] });
    it.act('ScopeStated', { areas: ['全域'], fields: ['防災'] }, { effective: '2015-04-01' });
    expect(areas(it, '2015-03-31')).toMatchObject([{ areas: ['北部'] }]);
    expect(areas(it, '2015-04-01')).toMatchObject([{ areas: ['全域'] }]);
    expect(areas(it, '2015-04-01', 'A', '図書館')).toMatchObject([{ areas: ['図書館の周辺'] }]);
  });
});
