import type { Subject, InstrumentKind } from '../../../src/agreements/domain/vocabulary.js';
import type { Country, Place } from './country.js';
import type { Gathering } from './party-life.js';
import type { Random } from './random.js';

/** Whom an agreement is between and what it is about, before anything is written. */
export interface DrawnAgreement {
  readonly keeper: Place;
  /** Party ids, the keeper's first unless a prefecture or a council leads. */
  readonly parties: readonly string[];
  /** Members named for an umbrella: what a council's agreement is reported to bind. */
  readonly through?: { readonly council: string; readonly members: readonly Place[] };
  readonly field: Subject;
  readonly also?: Subject;
  readonly kind: InstrumentKind;
  readonly title: string;
  readonly manner: Manner;
}

type Manner = 'pair' | 'region' | 'prefecture' | 'open' | 'umbrella';

/**
 * How agreements are spread: of a hundred, 78 between two bodies; 19 of a region, from three bodies
 * up to forty, the larger the rarer; 2 with an open group or through a council; one in two hundred
 * of a prefecture and all its municipalities. 3.3 parties on average.
 */
const manners: readonly (readonly [Manner, number])[] = [
  ['pair', 78],
  ['region', 19],
  ['open', 1.2],
  ['umbrella', 1.3],
  ['prefecture', 0.5],
];

/** Fields by how often papers have them, mutual aid and shared facilities before all. */
const frequent: readonly (readonly [Subject, number])[] = [
  ['災害時相互応援', 24],
  ['図書館', 15],
  ['公共施設相互利用', 10],
  ['上下水道', 7],
  ['広域連携', 6],
  ['環境・エネルギー', 6],
  ['包括連携', 5],
  ['防災', 4],
  ['観光', 4],
  ['保育', 4],
  ['福祉', 3],
  ['情報システム', 3],
  ['文化・交流', 2],
  ['交通', 2],
  ['消費生活', 1],
  ['職員研修', 1],
  ['住民票等', 1],
  ['防犯', 1],
  ['その他', 1],
];

const kinds: readonly (readonly [InstrumentKind, number])[] = [
  ['agreement', 74],
  ['memorandum', 14],
  ['covenant', 3],
  ['statute', 3],
  ['guideline', 2],
  ['practice', 2],
  ['comprehensive', 1],
  ['unknown', 1],
];

export function drawn(
  country: Country,
  gathered: readonly Gathering[],
  random: Random,
): DrawnAgreement {
  const keeper = random.pick(country.bodies);
  const manner = random.weighted(manners);
  const field = random.weighted(frequent);
  const other = random.chance(0.08) ? random.weighted(frequent) : field;
  const common = {
    keeper,
    manner,
    field,
    ...(other === field ? {} : { also: other }),
    kind: random.weighted(kinds),
  };
  const named = (whom: string) => ({ ...common, title: titleOf(field, whom, random) });
  switch (manner) {
    case 'pair': {
      const partner = near(country, keeper, random);
      return { ...named(`${keeper.name}と${partner.name}`), parties: [keeper.id, partner.id] };
    }
    case 'region': {
      // Pareto: half of them have three or four parties, one in a hundred more than thirty.
      const size = Math.min(40, Math.floor(3 / (1 - random.fraction()) ** 0.5));
      const others = country.neighbours(keeper).slice(0, size - 1);
      const parties = [keeper.id, ...others.map((it) => it.id)];
      return { ...named(`${keeper.name}ほか${others.length}団体`), parties };
    }
    case 'prefecture': {
      const within = country.bodies.filter((it) => it.prefecture === keeper.prefecture);
      const whole = country.prefectures.find((it) => it.name === keeper.prefecture)!;
      const parties = [whole.id, ...within.map((it) => it.id)];
      return { ...named(`${whole.name}と県内市町村`), keeper: whole, parties };
    }
    case 'open': {
      const open = random.pick(gathered.filter((it) => it.kind === 'group'));
      return { ...named(`${keeper.name}と${open.name}`), parties: [keeper.id, open.id] };
    }
    case 'umbrella': {
      const { id, name, members } = random.pick(gathered.filter((it) => it.members.length > 1));
      const partner = near(country, keeper, random);
      const through = { council: id, members: members.slice(0, 4) };
      return { ...named(`${name}と${partner.name}`), parties: [partner.id, id], through };
    }
  }
}

/** Neighbours before all: each further one is a tenth less likely than the one before. */
function near(country: Country, of: Place, random: Random): Place {
  const around = country.neighbours(of);
  return around[Math.floor(random.wait(10)) % around.length]!;
}

function titleOf(field: Subject, whom: string, random: Random): string {
  const form = random.pick([
    (it: string) => `${it}に関する協定`,
    (it: string) => `${it}に関する協定書`,
    (it: string) => `${it}についての覚書`,
    (it: string) => `${it}の実施に関する協定`,
  ]);
  return `${whom}の${form(field)}`;
}
