import { describe, expect, test } from 'vitest';

import { factsOf } from '../../projections/obligations/party-facts.js';
import { PartyLinks } from '../../projections/obligations/party-links.js';
import type { SpanRow } from '../../projections/obligations/span.js';
import { parties } from '../../projections/parties/parties.ledger.js';
import { presumeAll } from '../../src/entries/domain/presumption.js';
import {
  carrierOf,
  chainsFrom,
  supportsOf,
  type Chain,
} from '../../src/obligations/domain/chain.js';
import { allHold } from '../../src/obligations/domain/support.js';
import { idOf, numbered, StreamBuilder } from '../support/event-builder.js';
import { dayOf } from '../support/history.js';

type Kind = 'municipality' | 'council' | 'ward' | 'organ';

const names = new Map<string, string>();

function party(name: string, kind: Kind, said: { whole?: string; openEnded?: true } = {}) {
  names.set(idOf(name), name);
  const stream = new StreamBuilder('party', name);
  stream.act('PartyRegistered', {
    kind,
    name,
    ...(said.whole === undefined ? {} : { partOf: idOf(said.whole) }),
    ...(said.openEnded === undefined ? {} : { openEnded: true }),
  });
  return stream;
}

function council(name: string, ...members: readonly string[]) {
  const stream = party(name, 'council');
  for (const it of members) {
    stream.act('MemberJoined', { member: idOf(it) }, { effective: '2010-04-01' });
  }
  return stream;
}

function linksOf(...streams: readonly StreamBuilder[]) {
  const rows = streams.flatMap((stream) =>
    parties
      .rows(numbered(stream.events), presumeAll)
      .map((it): SpanRow => ({ ...it, stream: stream.stream.slice(-36), holds: true })),
  );
  const openEnded = rows.filter((it) => it.part === 'openEnded').map((it) => it.stream);
  return new PartyLinks(factsOf(rows, openEnded));
}

const shown = ({ of, links }: Chain) =>
  [names.get(of), ...links.map((it) => `-${it.kind}> ${names.get(it.to)}`)].join(' ');

function standsFor(links: PartyLinks, name: string, on = '2020-01-01') {
  return chainsFrom(idOf(name), links).found.map(
    (it) => `${shown(it)}: ${allHold(supportsOf(it, links, undefined), dayOf(on)).answer}`,
  );
}

test('a member of a council that is a member of another stands for both', () => {
  const links = linksOf(
    party('横浜市', 'municipality'),
    council('九都県市', '横浜市'),
    council('全国の会', '九都県市'),
  );
  expect(standsFor(links, '横浜市')).toEqual([
    '横浜市: yes',
    '横浜市 -member> 九都県市: yes',
    '横浜市 -member> 九都県市 -member> 全国の会: yes',
  ]);
  expect(standsFor(links, '横浜市', '2010-03-31').slice(1)).toEqual([
    '横浜市 -member> 九都県市: no',
    '横浜市 -member> 九都県市 -member> 全国の会: no',
  ]);
});

test('councils that are members of each other are borne', () => {
  const links = linksOf(
    party('横浜市', 'municipality'),
    council('甲の会', '横浜市', '乙の会'),
    council('乙の会', '甲の会'),
  );
  expect(standsFor(links, '横浜市')).toEqual([
    '横浜市: yes',
    '横浜市 -member> 甲の会: yes',
    '横浜市 -member> 甲の会 -member> 乙の会: yes',
  ]);
});

test('what is found is the same however the councils are tangled, and what is cut is said', () => {
  const tangle = Array.from({ length: 12 }, (_, i) => `会${i}`);
  const streams = tangle.map((it) => council(it, ...tangle.filter((other) => other !== it)));
  expect(chainsFrom(idOf('会0'), linksOf(...streams)).cut).toBe(true);
});

describe('横浜市 with its ward 鶴見区 and its 教育委員会', () => {
  const city = party('横浜市', 'municipality');
  const tsurumi = party('鶴見区', 'ward', { whole: '横浜市' });
  const naka = party('中区', 'ward', { whole: '横浜市' });
  const board = party('横浜市教育委員会', 'organ', { whole: '横浜市' });
  const links = linksOf(city, tsurumi, naka, board, council('九都県市', '横浜市'));

  test('the city acts through its organ, and shows what its wards agreed', () => {
    expect(standsFor(links, '横浜市')).toEqual([
      '横浜市: yes',
      '横浜市 -member> 九都県市: yes',
      '横浜市 -organ> 横浜市教育委員会: yes',
      expect.stringMatching('-ward> (鶴見区|中区): yes'),
      expect.stringMatching('-ward> (鶴見区|中区): yes'),
    ]);
  });

  test('what binds the city binds the ward, and never the one ward the other', () => {
    expect(standsFor(links, '鶴見区')).toEqual([
      '鶴見区: yes',
      '鶴見区 -whole> 横浜市: yes',
      '鶴見区 -whole> 横浜市 -member> 九都県市: yes',
      '鶴見区 -whole> 横浜市 -organ> 横浜市教育委員会: yes',
    ]);
  });
});

describe('a merger and a split', () => {
  const succeed = (
    name: string,
    manner: 'merger' | 'split',
    said: { ceased?: boolean; takesOver?: 'all' | 'listed' | 'none'; agreements?: string[] } = {},
  ) => {
    const stream = party(name, 'municipality');
    stream.act(
      'PartySucceeded',
      {
        manner,
        predecessors: [idOf('旧町')],
        successors: [idOf(name)],
        ...(said.ceased === false ? {} : { ceased: [idOf('旧町')] }),
        ...(said.takesOver === undefined ? {} : { takesOver: said.takesOver }),
        ...(said.agreements === undefined ? {} : { agreements: said.agreements }),
      },
      { effective: '2006-03-20' },
    );
    return stream;
  };
  const town = party('旧町', 'municipality');
  const answer = (stream: StreamBuilder, agreement: string) => {
    const links = linksOf(town, stream);
    const chain = chainsFrom(stream.stream.slice(-36), links).found.find(
      (it) => carrierOf(it) === idOf('旧町'),
    );
    return allHold(supportsOf(chain!, links, agreement), dayOf('2010-01-01'));
  };

  test('what bound the old binds the successor of a merger', () => {
    expect(answer(succeed('新市', 'merger'), 'a').answer).toBe('yes');
  });

  test('after a split only what is stated, and the rest is open', () => {
    expect(answer(succeed('新市', 'split'), 'a')).toMatchObject({
      answer: 'undetermined',
      reasons: [{ code: 'succession-unstated' }],
    });
    const listed = succeed('新市', 'split', { takesOver: 'listed', agreements: ['a'] });
    expect(answer(listed, 'a').answer).toBe('yes');
    expect(answer(listed, 'b').answer).toBe('undetermined');
    expect(answer(succeed('新市', 'split', { takesOver: 'none' }), 'a').answer).toBe('no');
  });

  test('what ceased stands for nobody from that day on, and before it for itself', () => {
    const links = linksOf(town, succeed('新市', 'merger'));
    expect(standsFor(links, '旧町', '2006-03-19')).toEqual(['旧町: yes']);
    expect(standsFor(links, '旧町', '2006-03-20')).toEqual(['旧町: no']);
  });
});

test('whoever is not recorded in an open-ended group may be a member of it', () => {
  const group = party('県内全市町村', 'council', { openEnded: true });
  group.act('MemberJoined', { member: idOf('藤沢市') }, { effective: '2010-04-01' });
  group.act(
    'MemberLeft',
    { member: idOf('藤沢市'), wording: 'firstDayWithout' },
    { effective: '2015-04-01' },
  );
  const links = linksOf(group, party('鎌倉市', 'municipality'), party('藤沢市', 'municipality'));
  expect(standsFor(links, '鎌倉市')).toEqual([
    '鎌倉市: yes',
    '鎌倉市 -member> 県内全市町村: undetermined',
  ]);
  expect(standsFor(links, '藤沢市')).toEqual(['藤沢市: yes', '藤沢市 -member> 県内全市町村: no']);
});

test('a membership that only a pending entry speaks of decides nothing and waits', () => {
  const stream = party('九都県市', 'council');
  stream.act(
    'MemberJoined',
    { member: idOf('横浜市') },
    { effective: '2010-04-01', entry: '登録票' },
  );
  const links = linksOf(stream, party('横浜市', 'municipality'));
  expect(links.from(idOf('横浜市'))).toMatchObject([{ kind: 'member', waits: true }]);
});
