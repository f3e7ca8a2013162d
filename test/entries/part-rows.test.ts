import { describe, expect, test } from 'vitest';
import { agreementRows } from '../../src/agreements/domain/agreement-parts.js';
import type { Bond } from '../../src/agreements/domain/bond.js';
import { pendingEntries } from '../../src/entries/domain/part-rows.js';
import { presumeAll } from '../../src/entries/domain/presumption.js';
import { isoDay, parseIsoDay, type CivilDate } from '../../src/time/civil-date.js';
import { idOf, numbered, StreamBuilder } from '../support/event-builder.js';

const [yokohama, kawasaki] = ['横浜市', '川崎市'].map(idOf) as [string, string];

function registered(entry?: string): StreamBuilder {
  const it = new StreamBuilder('agreement', '承認');
  const data = {
    keeper: yokohama,
    title: '協定',
    kind: 'agreement',
    fields: ['図書館'],
    parties: [{ party: yokohama }, { party: kawasaki }],
  } as const;
  it.act('AgreementRegistered', data, {
    acted: '2017-02-20',
    ...(entry === undefined ? {} : { entry }),
  });
  return it;
}

const rowsOf = (it: StreamBuilder) =>
  agreementRows(numbered(it.events), presumeAll).filter((row) => row.part === `bond:${kawasaki}`);

const shown = (it: StreamBuilder) =>
  rowsOf(it).map(({ from, to, contents, pending }) => [
    Number.isFinite(from) ? isoDay(from as CivilDate) : '',
    Number.isFinite(to) ? isoDay(to as CivilDate) : '',
    contents.map(({ content }) => (content as Bond).state).join(' or '),
    pending.length,
  ]);

describe('an entry that waits for approval', () => {
  test('says nothing yet, and shows where it would', () => {
    expect(shown(registered('登録'))).toEqual([['', '', '', 1]]);
  });

  test('counts from its approval', () => {
    const it = registered('登録');
    it.approve('登録');
    expect(shown(it)).toEqual([
      ['', '2017-02-20', 'notBegun', 0],
      ['2017-02-20', '', 'bound', 0],
    ]);
  });

  test('marks only the days that it would change', () => {
    const it = registered();
    it.act('AgreementEnded', { ground: 'byAgreement' }, { effective: '2020-03-31', entry: '終了' });
    expect(shown(it)).toEqual([
      ['', '2017-02-20', 'notBegun', 0],
      ['2017-02-20', '2020-04-01', 'bound', 0],
      ['2020-04-01', '', 'bound', 1],
    ]);
    expect(pendingEntries(numbered(it.events))).toEqual([idOf('終了')]);
  });

  test('that is rejected marks nothing', () => {
    const it = registered();
    it.act('AgreementEnded', { ground: 'byAgreement' }, { effective: '2020-03-31', entry: '終了' });
    it.reject('終了');
    expect(shown(it)).toEqual([
      ['', '2017-02-20', 'notBegun', 0],
      ['2017-02-20', '', 'bound', 0],
    ]);
  });

  test('waits again when its approval is retracted by an approved entry', () => {
    const it = registered();
    it.act('AgreementEnded', { ground: 'byAgreement' }, { effective: '2020-03-31', entry: '終了' });
    const approval = it.approve('終了');
    it.act('FactRetracted', { events: [approval.id] }, { entry: '取消' });
    expect(shown(it).at(-1)).toEqual(['2020-04-01', '', 'ended', 1]);
    expect(pendingEntries(numbered(it.events))).toEqual([idOf('取消')]);
    it.approve('取消');
    expect(shown(it).at(-1)).toEqual(['2020-04-01', '', 'bound', 1]);
  });
});

describe('rows', () => {
  test('of an umbrella hold at the latest on the last day on which the report can have been written', () => {
    const it = new StreamBuilder('agreement', '九都県市');
    const written = '[2020-04-01..2020-09-30]';
    const council = idOf('九都県市');
    it.act(
      'AgreementRegistered',
      {
        keeper: yokohama,
        title: '九都県市',
        kind: 'unknown',
        fields: ['災害時相互応援'],
        parties: [{ party: council }],
      },
      { written },
    );
    it.act(
      'BoundThroughStated',
      { through: council, pairs: [{ provider: kawasaki, beneficiary: yokohama }] },
      { written },
    );
    const lastDay = parseIsoDay('2020-09-30') as number;
    const rows = agreementRows(numbered(it.events), presumeAll);
    for (const part of ['through', `bond:${council}`]) {
      const own = rows.filter((row) => row.part === part);
      expect(own.map((row) => [row.from, row.to, row.contents.length])).toEqual([
        [-Infinity, lastDay, 2],
        [lastDay, Infinity, 1],
      ]);
    }
  });
});
