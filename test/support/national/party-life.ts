import type { CivilDate } from '../../../src/time/civil-date.js';
import { dayNumber } from '../../../src/time/civil-date.js';
import type { Country, Place } from './country.js';
import { asStated, wholeDay } from './dates.js';
import { Random } from './random.js';
import { made, type Life, type StreamWriter } from './stream-writer.js';

/** A council, or a group that papers name as a whole: 「県内全市町村」, 中核市（全国）. */
export interface Gathering {
  readonly id: string;
  readonly kind: 'council' | 'group';
  readonly name: string;
  /** Empty where the group is open: nobody has listed who belongs to it. */
  readonly members: readonly Place[];
  readonly prefecture?: string;
}

/** 市長会 and 町村会 of each prefecture, its open group, and councils of one region each. */
export function gatherings(country: Country, seed: number): readonly Gathering[] {
  const found: Omit<Gathering, 'id'>[] = [
    { kind: 'group', name: '中核市（全国）', members: [] },
    { kind: 'group', name: '全国の市町村', members: [] },
  ];
  for (const { name: prefecture } of country.prefectures) {
    const within = country.bodies.filter((it) => it.prefecture === prefecture);
    const cities = within.filter((it) => it.status === '市');
    const towns = within.filter((it) => it.status === '町' || it.status === '村');
    const common = { kind: 'council', prefecture } as const;
    found.push({ ...common, name: `${prefecture}市長会`, members: cities });
    if (towns.length > 1) found.push({ ...common, name: `${prefecture}町村会`, members: towns });
    found.push({ kind: 'group', name: `${prefecture}内全市町村`, prefecture, members: [] });
  }
  country.bodies.forEach((centre, i) => {
    if (i % 10 !== 0) return;
    const members = [centre, ...country.neighbours(centre).slice(0, 3 + (i % 7))];
    found.push({ kind: 'council', name: `${centre.name}ほか広域連携協議会${i}`, members });
  });
  return found.map((it, i) => ({ id: new Random(seed, 2, i).uuid(), ...it }));
}

/** A place is registered and approved when the register begins; now and then it says more of itself. */
export function* placeLife(writer: StreamWriter, place: Place): Life {
  const { kind, code, name, kana, prefecture, corporateNumber, partOf } = place;
  const entered = writer.enter(
    made('PartyRegistered', {
      code,
      ...(corporateNumber === undefined ? {} : { corporateNumber }),
      kana,
      kind,
      name,
      ...(partOf === undefined ? {} : { partOf }),
      prefecture,
    }),
  );
  writer.approve(entered);
  if (kind === 'ward' || !writer.random.chance(0.3)) return;
  yield writer.random.fraction();
  // 網羅: the body says that its list of a field is whole, as of a year.
  const days = { edtf: '[2015-04-01..2016-03-31]' };
  writer.approve(writer.enter(made('CoverageStated', { days, field: '図書館' })));
}

/** Members join on the day it was founded, a few later; now and then one leaves. */
export function* gatheringLife(writer: StreamWriter, { kind, name, members }: Gathering): Life {
  const { random } = writer;
  const founded = dayNumber(1975 + random.below(40), 1 + random.below(12), 1);
  writer.approve(writer.enter(made('PartyRegistered', { kind, name })));
  if (members.length === 0) return;
  const first = members.filter(() => random.chance(0.95));
  const joined = (day: CivilDate, member: string) =>
    made('MemberJoined', { member }, { effective: asStated(day, random) });
  if (first.length > 0) {
    writer.approve(writer.enter(...first.map((it) => joined(founded, it.id))));
  }
  for (const it of members.filter((member) => !first.includes(member))) {
    yield random.fraction() * 0.5;
    writer.approve(writer.enter(joined((founded + random.below(8_000)) as CivilDate, it.id)));
  }
  if (first.length === 0 || !random.chance(0.2)) return;
  yield random.fraction() * 0.5;
  const effective = wholeDay(dayNumber(2016 + random.below(8), 3, 31));
  const member = random.pick(first).id;
  writer.approve(writer.enter(made('MemberLeft', { member, wording: 'lastDay' }, { effective })));
}
