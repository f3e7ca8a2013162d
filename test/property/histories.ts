import * as fc from 'fast-check';

import { isoDay, type CivilDate } from '../../src/time/civil-date.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import { dayOf } from '../support/history.js';
import { idOf, StreamBuilder, type Said } from '../support/event-builder.js';

export const cities = ['横浜市', '川崎市', '鎌倉市'].map(idOf) as [string, string, string];
const [yokohama, kawasaki, kamakura] = cities;
export const subjects = ['図書館', '保育'] as const;

/** Every date of a random history lies in these eight days, or is not known at all. */
export const window = { from: dayOf('2020-01-01'), to: dayOf('2020-01-08') };

const iso = (day: number) => isoDay((window.from + day) as CivilDate);
const certainDay = fc.integer({ min: 0, max: 7 }).map((day) => ({ edtf: iso(day) }));
const someDay: fc.Arbitrary<PartialDate> = fc.oneof(
  { weight: 5, arbitrary: certainDay },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 3 }))
      .map(([from, days]) => ({ edtf: `[${iso(from)}..${iso(Math.min(7, from + days))}]` })),
  },
  { weight: 1, arbitrary: fc.constant<PartialDate>({ tag: 'unknown' }) },
);

/** One step of a history: it writes an act, or something about what was written before. */
export type Step = (it: StreamBuilder) => void;

const city = fc.constantFrom(...cities);
const scope = fc.record(
  { provider: city, field: fc.constantFrom(...subjects) },
  { requiredKeys: [] },
);
const wording = fc.option(fc.constantFrom('lastDay' as const, 'firstDayWithout' as const), {
  nil: undefined,
});
const worded = (it: 'lastDay' | 'firstDayWithout' | undefined) =>
  it === undefined ? {} : { wording: it };

function dated(day: fc.Arbitrary<PartialDate>, papers: boolean): fc.Arbitrary<Said> {
  const said = fc.oneof(
    { weight: 4, arbitrary: day.map((effective) => ({ effective })) },
    { weight: 1, arbitrary: day.map((acted) => ({ acted })) },
    { weight: 1, arbitrary: fc.record({ acted: day, effective: day }) },
  );
  if (!papers) return said;
  const paper = fc.option(fc.record({ order: fc.integer({ min: 0, max: 2 }) }), { nil: undefined });
  return fc
    .tuple(said, paper)
    .map(([it, of]) => (of === undefined ? it : { ...it, ...of, entry: '紙' }));
}

function opening(day: fc.Arbitrary<PartialDate>): fc.Arbitrary<Step> {
  const own = fc.option(day, { nil: undefined, freq: 4 });
  return fc.tuple(day, own, fc.boolean(), fc.boolean()).map(([acted, from, third, draft]): Step => {
    const parties = [
      { party: yokohama },
      from === undefined ? { party: kawasaki } : { party: kawasaki, from },
      ...(third ? [{ party: kamakura }] : []),
    ];
    const data = {
      keeper: yokohama,
      title: '図書館の相互利用に関する協定',
      kind: 'agreement' as const,
      fields: ['図書館' as const],
      parties,
    };
    return (it) => {
      if (!draft) it.act('AgreementRegistered', data, { acted });
      else {
        it.act('AgreementDrafted', data);
        it.act('PartySigned', { party: kawasaki });
        it.act('AgreementConcluded', {}, { acted });
      }
    };
  });
}

function laterAct(day: fc.Arbitrary<PartialDate>, papers: boolean): fc.Arbitrary<Step> {
  const said = dated(day, papers);
  const shape = fc.constantFrom(
    'mesh' as const,
    'hub' as const,
    'oneWay' as const,
    'pairs' as const,
  );
  const rest = fc.constantFrom('bound' as const, 'notBound' as const, 'unknown' as const);
  const pair = { provider: kawasaki, beneficiary: yokohama };
  const ground = fc.constantFrom('denounced' as const, 'byAgreement' as const);
  const renewal = fc.constantFrom('automatic' as const, 'none' as const);
  return fc.oneof(
    {
      weight: 1,
      arbitrary: said.map(
        (s): Step =>
          (it) =>
            it.act('AgreementTookEffect', {}, s),
      ),
    },
    ...(['ServiceStarted', 'ServiceSuspended', 'ServiceResumed'] as const).map((type) => ({
      weight: type === 'ServiceStarted' ? 3 : 1,
      arbitrary: fc.tuple(scope, said).map(
        ([data, s]): Step =>
          (it) =>
            it.act(type, data, s),
      ),
    })),
    {
      weight: 1,
      arbitrary: fc.tuple(scope, wording, said).map(
        ([of, w, s]): Step =>
          (it) =>
            it.act('ServiceEnded', { ...of, ...worded(w) }, s),
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(shape, city, rest, fc.option(said, { nil: {} }))
        .map(([kind, of, others, s]): Step => (it) => {
          const pairs = kind === 'pairs' ? { pairs: [pair] } : {};
          it.act('TopologyStated', { shape: kind, of, rest: others, ...pairs }, s);
        }),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(day, wording, renewal, fc.option(said, { nil: {} }))
        .map(([end, w, kind, s]): Step => (it) => {
          it.act('TermAgreed', { end, ...worded(w), renewal: { kind } }, s);
        }),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(day, said).map(
        ([end, s]): Step =>
          (it) =>
            it.act('RenewalConfirmed', { end }, s),
      ),
    },
    ...(['PartyAcceded', 'NonRenewalNotified'] as const).map((type) => ({
      weight: 1,
      arbitrary: fc.tuple(city, said).map(
        ([party, s]): Step =>
          (it) =>
            it.act(type, { party }, s),
      ),
    })),
    {
      weight: 1,
      arbitrary: fc.tuple(city, wording, said).map(
        ([party, w, s]): Step =>
          (it) =>
            it.act('PartyWithdrew', { party, ...worded(w) }, s),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(ground, wording, said).map(
        ([g, w, s]): Step =>
          (it) =>
            it.act('AgreementEnded', { ground: g, ...worded(w) }, s),
      ),
    },
  );
}

/** A correction, a retraction, a dispute, its end, an approval: of something written before. */
function aboutEarlier(day: fc.Arbitrary<PartialDate>): fc.Arbitrary<Step> {
  const which = fc.nat();
  const pick = (it: StreamBuilder, at: number) => it.events[at % it.events.length]!;
  const acts = (it: StreamBuilder) =>
    it.events.filter(({ type }) => !/^(Fact|Dispute|Entry)/.test(type));
  const field = fc.constantFrom('effective', 'acted');
  return fc.oneof(
    {
      weight: 3,
      arbitrary: which.map(
        (at): Step =>
          (it) =>
            it.retract(pick(it, at)),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(which, field, day).map(([at, name, value]): Step => (it) => {
        const all = acts(it);
        it.correct(all[at % all.length]!, { [name]: value });
      }),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(which, field, fc.option(day, { nil: undefined })).map(
        ([at, name, value]): Step =>
          (it) =>
            it.dispute(pick(it, at), { [name]: value }),
      ),
    },
    {
      weight: 1,
      arbitrary: which.map((at): Step => (it) => {
        const disputes = it.events.filter(({ type }) => type === 'FactDisputed');
        if (disputes.length > 0) it.settle(disputes[at % disputes.length]!);
      }),
    },
  );
}

const written = (steps: readonly Step[]): StreamBuilder => {
  const it = new StreamBuilder('agreement', '試験');
  for (const step of steps) step(it);
  if (it.events.some(({ entry }) => entry !== undefined)) it.approve('紙');
  return it;
};

/** Histories whose days are open, without anything said about what was written before. */
export const openHistories = fc
  .tuple(opening(someDay), fc.array(laterAct(someDay, true), { maxLength: 5 }))
  .map(([first, later]) => written([first, ...later]));

/** The same, and shorter: with nothing presumed, far more is open. */
export const shortHistories = fc
  .tuple(opening(someDay), fc.array(laterAct(someDay, true), { maxLength: 3 }))
  .map(([first, later]) => written([first, ...later]));

/** Histories with corrections, retractions of any depth and disputes. */
export const disputedHistories = fc
  .tuple(
    opening(certainDay),
    fc.array(laterAct(certainDay, false), { maxLength: 3 }),
    fc.array(fc.oneof(aboutEarlier(someDay), laterAct(someDay, false)), { maxLength: 5 }),
  )
  .map(([first, later, about]) => written([first, ...later, ...about]));

/** Histories in which nothing is open: each act has a day that it shares with no other. */
export const certainHistories: fc.Arbitrary<{ readonly events: readonly RegisterEvent[] }> = fc
  .tuple(
    opening(certainDay),
    fc.array(laterAct(fc.constant({ tag: 'endless' }), false), { maxLength: 6 }),
    fc.shuffledSubarray([10, 12, 14, 16, 18, 20], { minLength: 6 }),
  )
  .map(([first, later, days]) => {
    const begun = written([first]).events.length;
    const events = written([first, ...later]).events.map((event, i): RegisterEvent => {
      const day = days[i - begun];
      return day === undefined ? event : { ...event, effective: { edtf: iso(day) } };
    });
    return { events };
  });
