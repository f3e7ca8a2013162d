import * as fc from 'fast-check';

import type { PartialDate } from '../../src/time/partial-date.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';

/** Days from the one to the other, as places on `grid`; the same place twice is a certain day. */
export interface When {
  readonly from: number;
  readonly to: number;
}

export const grid = ['2010', '2011', '2012', '2013', '2014', '2015'].map((it) => `${it}-04-01`);

export const cities = ['甲市', '乙市', '丙町', '丁市'];
export const wards = [
  { part: '甲東区', whole: '甲市', kind: 'ward' as const },
  { part: '甲西区', whole: '甲市', kind: 'ward' as const },
  { part: '乙教育委員会', whole: '乙市', kind: 'organ' as const },
];
export const councils = ['一の会', '二の会', '三の会'];
export const everybody = [...cities, ...wards.map((it) => it.part), ...councils];

export interface Graph {
  /** Councils with members whom nobody recorded. */
  readonly openEnded: readonly string[];
  readonly memberships: readonly {
    readonly council: string;
    readonly member: string;
    readonly joined: When;
    readonly left?: When;
  }[];
  readonly successions: readonly {
    readonly successor: string;
    readonly predecessor: string;
    readonly day: When;
    readonly ceased: boolean;
    readonly manner: 'merger' | 'split';
    readonly takesOver?: 'all' | 'none' | 'listed';
    /** Places of agreements in `agreements`. */
    readonly listed: readonly number[];
  }[];
  readonly agreements: readonly Agreement[];
}

export interface Topology {
  readonly shape: 'mesh' | 'hub' | 'oneWay' | 'pairs';
  readonly of: string;
  readonly pairs: readonly { readonly provider: string; readonly beneficiary: string }[];
  readonly rest: 'bound' | 'notBound' | 'unknown';
}

export interface Agreement {
  readonly parties: readonly string[];
  readonly concluded: When;
  readonly ended?: When;
  readonly withdrew?: { readonly party: string; readonly day: When };
  readonly topology: Topology;
  readonly amended?: { readonly topology: Topology; readonly day: When };
  readonly umbrella?: {
    readonly through: string;
    readonly provider: string;
    readonly beneficiary: string;
    readonly day: When;
  };
  readonly scope?: { readonly wards: readonly string[]; readonly provider?: string };
  readonly reservation?: { readonly party: string; readonly towards?: string };
}

const place = fc.nat(grid.length - 1);
const certainDay = place.map((at): When => ({ from: at, to: at }));
const openDay = fc
  .tuple(place, place)
  .map(([a, b]): When => ({ from: Math.min(a, b), to: Math.max(a, b) }));

const pairOf = (among: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...among), { minLength: 2, maxLength: 2 });

function topologyOf(parties: readonly string[]): fc.Arbitrary<Topology> {
  return fc.record({
    shape: fc.constantFrom('mesh' as const, 'hub' as const, 'oneWay' as const, 'pairs' as const),
    of: fc.constantFrom(...parties),
    pairs: fc.array(
      pairOf(parties).map(([provider, beneficiary]) => ({
        provider: provider!,
        beneficiary: beneficiary!,
      })),
      { minLength: 1, maxLength: 2 },
    ),
    rest: fc.constantFrom('bound' as const, 'notBound' as const, 'unknown' as const),
  });
}

function agreementOf(day: fc.Arbitrary<When>): fc.Arbitrary<Agreement> {
  const some = { requiredKeys: ['parties', 'concluded', 'topology'] as const };
  return fc
    .uniqueArray(fc.constantFrom(...everybody), { minLength: 2, maxLength: 4 })
    .chain((parties) => {
      const topology = topologyOf(parties);
      const inIt = parties.filter((it) => councils.includes(it));
      const through = fc.constantFrom(...(inIt.length > 0 ? inIt : parties));
      return fc.record(
        {
          parties: fc.constant(parties),
          concluded: day,
          topology,
          ended: day,
          withdrew: fc.record({ party: fc.constantFrom(...parties), day }),
          amended: fc.record({ topology, day }),
          umbrella: fc
            .tuple(through, pairOf(everybody), day)
            .map(([council, [provider, beneficiary], on]) => ({
              through: council,
              provider: provider!,
              beneficiary: beneficiary!,
              day: on,
            })),
          scope: fc.record(
            {
              wards: fc.constantFrom(['甲東区'], ['甲東区', '甲西区'], ['乙教育委員会']),
              provider: fc.constantFrom(...parties),
            },
            { requiredKeys: ['wards'] },
          ),
          reservation: fc.record(
            { party: fc.constantFrom(...parties), towards: fc.constantFrom(...everybody) },
            { requiredKeys: ['party'] },
          ),
        },
        { requiredKeys: [...some.requiredKeys] },
      );
    });
}

/** Parties, councils, wards, successions and agreements with days as given. */
export function graphs(day: fc.Arbitrary<When>): fc.Arbitrary<Graph> {
  const membership = fc
    .record(
      {
        council: fc.constantFrom(...councils),
        member: fc.constantFrom(...everybody),
        joined: day,
        left: day,
      },
      { requiredKeys: ['council', 'member', 'joined'] },
    )
    .filter((it) => it.council !== it.member);
  const succession = fc
    .record(
      {
        successor: fc.constantFrom('甲市', '乙市', '甲東区', '一の会'),
        predecessor: fc.constantFrom('丙町', '丁市', '甲西区', '三の会'),
        day,
        ceased: fc.boolean(),
        manner: fc.constantFrom('merger' as const, 'split' as const),
        takesOver: fc.constantFrom('all' as const, 'none' as const, 'listed' as const),
        listed: fc.subarray([0, 1]),
      },
      { requiredKeys: ['successor', 'predecessor', 'day', 'ceased', 'manner', 'listed'] },
    )
    .map((it) => (it.takesOver === 'listed' ? it : { ...it, listed: [] }));
  return fc.record({
    openEnded: fc.subarray(['三の会']),
    memberships: fc.uniqueArray(membership, {
      selector: (it) => `${it.council} ${it.member}`,
      maxLength: 7,
    }),
    successions: fc.uniqueArray(succession, {
      selector: (it) => `${it.successor} ${it.predecessor}`,
      maxLength: 2,
    }),
    agreements: fc.array(agreementOf(day), { minLength: 1, maxLength: 3 }),
  });
}

export const certainGraphs = graphs(certainDay);
export const openGraphs = graphs(fc.oneof({ weight: 2, arbitrary: certainDay }, openDay));

/** One agreement between cities, and nothing else but its parties: every fact in one stream. */
export const oneStream: fc.Arbitrary<Graph> = agreementOf(openDay).map((it) => {
  const { umbrella: _, scope: __, ...agreement } = it;
  return { openEnded: [], memberships: [], successions: [], agreements: [agreement] };
});

export const field = '災害時相互応援';
export const agreementNamed = (i: number) => `協定${i}`;

/** The graph as streams of events. */
export function streamsOf(graph: Graph): readonly StreamBuilder[] {
  const parties = new Map(everybody.map((it) => [it, registered(it, graph)]));
  for (const { council, member, joined, left } of graph.memberships) {
    const stream = parties.get(council)!;
    stream.act('MemberJoined', { member: idOf(member) }, { effective: dateOf(joined) });
    if (left === undefined) continue;
    const data = { member: idOf(member), wording: 'firstDayWithout' } as const;
    stream.act('MemberLeft', data, { effective: dateOf(left) });
  }
  for (const it of graph.successions) {
    parties.get(it.successor)!.act(
      'PartySucceeded',
      {
        manner: it.manner,
        predecessors: [idOf(it.predecessor)],
        successors: [idOf(it.successor)],
        ...(it.ceased ? { ceased: [idOf(it.predecessor)] } : {}),
        ...(it.takesOver === undefined ? {} : { takesOver: it.takesOver }),
        ...(it.listed.length === 0
          ? {}
          : { agreements: it.listed.map((i) => idOf(agreementNamed(i))) }),
      },
      { effective: dateOf(it.day) },
    );
  }
  return [...parties.values(), ...graph.agreements.map(agreementStream)];
}

function registered(name: string, { openEnded }: Graph): StreamBuilder {
  const stream = new StreamBuilder('party', name);
  const part = wards.find((it) => it.part === name);
  stream.act('PartyRegistered', {
    kind: part?.kind ?? (councils.includes(name) ? 'council' : 'municipality'),
    name,
    ...(part === undefined ? {} : { partOf: idOf(part.whole) }),
    ...(openEnded.includes(name) ? { openEnded: true } : {}),
  });
  return stream;
}

function agreementStream(it: Agreement, i: number): StreamBuilder {
  const stream = new StreamBuilder('agreement', agreementNamed(i));
  const parties = it.parties.map((party) => ({ party: idOf(party) }));
  stream.act(
    'AgreementRegistered',
    { keeper: idOf('甲市'), title: '協定', kind: 'agreement', fields: [field], parties },
    { acted: dateOf(it.concluded), effective: dateOf(it.concluded) },
  );
  stream.act('TopologyStated', stated(it.topology));
  if (it.amended !== undefined) {
    const { topology, day } = it.amended;
    stream.act('TopologyStated', stated(topology), { effective: dateOf(day) });
  }
  if (it.umbrella !== undefined) {
    const { through, provider, beneficiary, day } = it.umbrella;
    const pairs = [{ provider: idOf(provider), beneficiary: idOf(beneficiary) }];
    const data = { through: idOf(through), pairs };
    stream.act('BoundThroughStated', data, { effective: dateOf(day) });
  }
  if (it.scope !== undefined) {
    const { wards: named, provider } = it.scope;
    stream.act('ScopeStated', {
      wards: named.map(idOf),
      ...(provider === undefined ? {} : { provider: idOf(provider) }),
    });
  }
  if (it.reservation !== undefined) {
    const { party, towards } = it.reservation;
    const named = towards === undefined ? {} : { towards: [idOf(towards)] };
    stream.act('ReservationMade', { party: idOf(party), text: '留保', ...named });
  }
  const wording = 'firstDayWithout' as const;
  if (it.withdrew !== undefined) {
    const { party, day } = it.withdrew;
    stream.act('PartyWithdrew', { party: idOf(party), wording }, { effective: dateOf(day) });
  }
  if (it.ended !== undefined) {
    const data = { ground: 'byAgreement', wording } as const;
    stream.act('AgreementEnded', data, { effective: dateOf(it.ended) });
  }
  stream.act('DisclosureDecided', { disclosed: true, ground: '公開された文書に記載' });
  return stream;
}

function stated({ shape, of, pairs, rest }: Topology) {
  const named = pairs.map((it) => ({
    provider: idOf(it.provider),
    beneficiary: idOf(it.beneficiary),
  }));
  return { shape, of: idOf(of), pairs: named, rest };
}

function dateOf({ from, to }: When): PartialDate {
  const [first, last] = [grid[from]!, grid[to]!];
  return { edtf: from === to ? first : `[${first}..${last}]`, text: `${first}から${last}の間` };
}
