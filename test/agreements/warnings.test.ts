import { expect, test } from 'vitest';

import { warningsOf, type DatedAct } from '../../src/agreements/domain/warnings.js';
import { date } from '../support/event-builder.js';

function act(type: string, dates: { acted?: string; effective?: string }): DatedAct {
  return {
    event: type,
    type,
    ...(dates.acted === undefined ? {} : { acted: date(dates.acted) }),
    ...(dates.effective === undefined ? {} : { effective: date(dates.effective) }),
  };
}

const signedOn = (acted: string) => act('AgreementRegistered', { acted });
const effectOn = (effective: string) => act('AgreementTookEffect', { effective });
const startOn = (effective: string) => act('ServiceStarted', { effective });
const codes = (...acts: readonly DatedAct[]) => warningsOf(acts).map((it) => it.code);

test('signing, effect and start in their usual order are no warning', () => {
  expect(codes(signedOn('2017-02-20'), effectOn('2017-02-20'), startOn('2017-03-01'))).toEqual([]);
});

test.each([
  ['2018-03-27', []],
  ['2018-03-28', ['service-long-after-signing']],
])('a start on %s after a signing on 2017-03-27', (start, expected) => {
  expect(codes(signedOn('2017-03-27'), startOn(start))).toEqual(expected);
});

test('each odd order is named with both acts', () => {
  expect(warningsOf([signedOn('2017-02-20'), startOn('2017-02-19')])).toEqual([
    { code: 'service-before-signing', events: ['ServiceStarted', 'AgreementRegistered'] },
  ]);
  expect(codes(effectOn('2017-02-20'), startOn('2017-02-19'))).toEqual(['service-before-effect']);
  expect(codes(effectOn('2017-02-19'), signedOn('2017-02-20'))).toEqual(['effect-before-signing']);
});

test('an order that a partial date leaves open is no odd order', () => {
  expect(codes(signedOn('2017-02'), startOn('2017-02-01'))).toEqual(['month-only']);
});

test.each([
  ['平成23年11月', 'month-only'],
  ['平成23年', 'year-only'],
  ['不明', 'date-unknown'],
  ['平成32年3月31日', 'era-overrun'],
  ['令和元年4月1日', 'era-before-start'],
])('%s is flagged', (acted, code) => {
  expect(warningsOf([signedOn(acted)])).toEqual([
    { code, events: ['AgreementRegistered'], field: 'acted' },
  ]);
});

test('a month is enough for an act whose day decides nothing', () => {
  expect(codes(act('ReviewHeld', { acted: '平成23年11月' }))).toEqual([]);
});
