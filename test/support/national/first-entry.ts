import { addDays, type CivilDate } from '../../../src/time/civil-date.js';
import { asStated, endOfFiscalYear } from './dates.js';
import type { DrawnAgreement } from './drawn-agreement.js';
import type { Random } from './random.js';
import { made, type MadeAct } from './stream-writer.js';

/** Fields in which residents use something, so that a service begins and facilities are counted. */
const services: ReadonlySet<string> = new Set(['図書館', '公共施設相互利用', '保育']);

/** The acts of the paper: who agreed on what, how they are bound, for how long, and what is used. */
export function firstEntry(
  agreement: DrawnAgreement,
  signed: CivilDate,
  random: Random,
): { readonly acts: readonly MadeAct[]; readonly termed: boolean } {
  const { field, also, keeper, kind, parties, title, through } = agreement;
  const acted = asStated(signed, random);
  const acts: MadeAct[] = [
    made(
      'AgreementRegistered',
      {
        fields: also === undefined ? [field] : [field, also],
        keeper: keeper.id,
        kind,
        ...(random.chance(0.4) ? { number: `第${1 + random.below(900)}号` } : {}),
        parties: parties.map((party) =>
          // One of a larger company now and then joined on a day of its own.
          parties.length > 3 && party !== parties[0] && random.chance(0.03)
            ? { from: asStated(addDays(signed, 200), random), party }
            : { party },
        ),
        title,
      },
      // Of one in twenty-five papers nobody knows the day.
      random.chance(0.96) ? { acted } : {},
    ),
  ];
  if (random.chance(0.72)) acts.push(topology(agreement, random));
  const termed = random.chance(0.45);
  if (termed) acts.push(term(signed, random));
  if (services.has(field)) {
    const effective = asStated(addDays(signed, 5 + random.below(60)), random);
    acts.push(made('ServiceStarted', { field }, { effective }));
    for (const of of parties.slice(0, 3)) {
      if (random.chance(0.6)) {
        acts.push(made('FacilitiesCounted', { count: 1 + random.below(30), field, of }));
      }
    }
    if (random.chance(0.4)) acts.push(termsOfUse(parties[0]!, field, random));
  }
  if (through !== undefined) {
    const [provider, ...others] = through.members.map((it) => it.id);
    const pairs = others.map((beneficiary) => ({ beneficiary, provider: provider! }));
    acts.push(made('BoundThroughStated', { pairs, through: through.council }, { acted }));
  }
  if (random.chance(0.3)) {
    const telephone = `0${10 + random.below(90)}-${100 + random.below(900)}-${1_000 + random.below(9_000)}`;
    acts.push(made('ContactStated', { body: keeper.id, office: '企画課', telephone }));
  }
  if (random.chance(0.85)) {
    const disclosed = random.chance(0.9);
    acts.push(
      made('DisclosureDecided', { disclosed, ground: disclosed ? '公表済み' : '協議中のため' }),
    );
  }
  return { acts, termed };
}

/** Most papers of two say that both owe; of larger ones many name a centre or say nothing. */
function topology({ parties }: DrawnAgreement, random: Random): MadeAct {
  const shape = random.weighted([
    ['mesh', parties.length === 2 ? 80 : 45],
    ['hub', parties.length === 2 ? 0 : 35],
    ['oneWay', 12],
    ['pairs', 8],
  ] as const);
  const rest = random.weighted([
    ['notBound', 70],
    ['unknown', 30],
  ] as const);
  const [first = '', second = ''] = parties;
  if (shape === 'mesh') return made('TopologyStated', { rest, shape });
  if (shape !== 'pairs') return made('TopologyStated', { of: first, rest, shape });
  const pairs = [{ beneficiary: first, provider: second }];
  return made('TopologyStated', { pairs, rest, shape });
}

function term(signed: CivilDate, random: Random): MadeAct {
  const renewal = random.chance(0.8)
    ? { kind: 'automatic' as const, noticeMonths: 3, years: 1 }
    : { kind: 'none' as const };
  return made('TermAgreed', {
    end: endOfFiscalYear(signed, random.below(5)),
    renewal,
    ...(random.chance(0.7) ? { wording: 'lastDay' as const } : {}),
  });
}

function termsOfUse(provider: string, field: DrawnAgreement['field'], random: Random) {
  return made('TermsOfUseSet', {
    bring: ['本人確認書類', '利用券'],
    eligibility: random.chance(0.5)
      ? [{ basis: 'resident' as const }]
      : [{ basis: 'resident' as const }, { basis: 'worker' as const }],
    field,
    limits: [`${5 + random.below(10)}点まで`],
    provider,
  });
}
