import { addDays, addMonths, dayNumber, type CivilDate } from '../../../src/time/civil-date.js';
import type { Country } from './country.js';
import { asStated, endOfFiscalYear, wholeDay } from './dates.js';
import { firstEntry } from './first-entry.js';
import type { DrawnAgreement } from './drawn-agreement.js';
import { made, type Life, type MadeAct, type StreamWriter } from './stream-writer.js';

/** What may come after an agreement's first entry, by how often it does. */
const later = [
  ['amended', 20],
  ['corrected', 18],
  ['counted', 14],
  ['acceded', 9],
  ['withdrew', 7],
  ['drilled', 11],
  ['reviewed', 5],
  ['termsSet', 5],
  ['renewed', 4],
  ['notRenewed', 2],
  ['retracted', 3],
  ['disputed', 2],
] as const;
type Later = (typeof later)[number][0];

/**
 * An agreement from its paper to its end: entered in one entry and approved soon (some still wait,
 * a few are rejected), then amended, corrected, joined, left, counted, drilled, and every seventh
 * ended: about ten events on average.
 */
export function* agreementLife(
  writer: StreamWriter,
  agreement: DrawnAgreement,
  country: Country,
): Life {
  const { random } = writer;
  const recorded = dayOf(writer);
  const oldest = dayNumber(1996, 4, 1);
  const signed = addDays(oldest, random.below(recorded - oldest));
  const { acts, termed } = firstEntry(agreement, signed, random);
  const entered = writer.enter(...acts);
  if (random.chance(0.02)) return;
  yield random.wait(0.002);
  if (random.chance(0.01)) return writer.reject(entered);
  writer.approve(entered);

  const parties = new Set(agreement.parties);
  const ends = random.chance(0.14);
  const soFar = { parties, termed, country, standing: [...entered.ids], acts };
  let corrected = false;
  for (let left = countOf(random.fraction()); left > 0; left -= 1) {
    yield random.wait(0.05);
    const what = random.weighted(later);
    // A day that was corrected is no longer the first entry's to be doubted.
    if (what === 'disputed' && corrected) continue;
    const act = actOf(what, writer, agreement, soFar);
    if (act === undefined) continue;
    corrected ||= what === 'corrected';
    if (what === 'disputed') {
      const dispute = writer.state(act);
      yield random.wait(0.02);
      writer.approve(writer.enter(made('DisputeSettled', { dispute })));
      continue;
    }
    const entry = writer.enter(act);
    // The newest of what a body enters may wait for its approver.
    if (random.chance(0.03)) return;
    yield random.wait(0.002);
    writer.approve(entry);
  }
  if (!ends) return;
  yield random.wait(0.1);
  const effective = wholeDay(addMonths(dayOf(writer), random.below(6)));
  const ground = random.pick(['byAgreement', 'expired', 'denounced'] as const);
  const end = made('AgreementEnded', { ground, wording: 'lastDay' }, { effective });
  writer.approve(writer.enter(end));
}

/** Three later entries on average; one in thirty has ten and more. */
function countOf(fraction: number): number {
  return Math.min(30, Math.floor(-Math.log(1 - fraction) * 4.1));
}

function dayOf({ clock }: StreamWriter): CivilDate {
  const [year, month, day] = clock.at.slice(0, 10).split('-').map(Number);
  return dayNumber(year!, month!, day!);
}

interface SoFar {
  readonly parties: Set<string>;
  readonly termed: boolean;
  readonly country: Country;
  /** Ids of the first entry that stand: the registration, and what was not taken back. */
  readonly standing: string[];
  readonly acts: readonly MadeAct[];
}

/** The act; undefined where it cannot be true of this agreement. */
function actOf(
  what: Later,
  writer: StreamWriter,
  { field, keeper, parties: first }: DrawnAgreement,
  { parties, termed, country, standing, acts }: SoFar,
): MadeAct | undefined {
  const { random } = writer;
  const day = addDays(dayOf(writer), -random.below(200));
  const effective = asStated(day, random);
  const registered = standing[0]!;
  switch (what) {
    case 'amended':
      return made('AgreementAmended', { summary: '対象と費用負担の改正' }, { effective });
    case 'corrected':
      return made('FactCorrected', {
        event: registered,
        fields: [
          {
            field: 'acted',
            new: wholeDay(addDays(day, -1_000)),
            ...(acts[0]?.acted === undefined ? {} : { old: acts[0].acted }),
          },
        ],
      });
    case 'counted':
      return made('FacilitiesCounted', { count: random.below(40), field, of: random.pick(first) });
    case 'acceded': {
      const joining = country.neighbours(keeper).find((it) => !parties.has(it.id));
      if (joining === undefined || first.length < 3) return undefined;
      parties.add(joining.id);
      return made('PartyAcceded', { party: joining.id }, { effective });
    }
    case 'withdrew': {
      const leaving = first.find((it) => it !== first[0] && parties.has(it));
      if (leaving === undefined || parties.size < 3) return undefined;
      parties.delete(leaving);
      return made('PartyWithdrew', { party: leaving, wording: 'lastDay' }, { effective });
    }
    case 'drilled':
      return made('DrillHeld', { title: '合同訓練' }, { acted: effective });
    case 'reviewed':
      return made('ReviewHeld', { summary: '実施状況の確認' }, { acted: effective });
    case 'termsSet':
      return made(
        'TermsOfUseSet',
        {
          eligibility: [{ basis: 'resident' }, { basis: 'worker' }],
          field,
          limits: [`${5 + random.below(10)}点まで`],
          provider: random.pick(first),
        },
        { effective },
      );
    case 'renewed':
      return termed
        ? made('RenewalConfirmed', { end: endOfFiscalYear(day, 3) }, { acted: effective })
        : undefined;
    case 'notRenewed':
      return termed
        ? made('NonRenewalNotified', { party: random.pick(first) }, { acted: effective })
        : undefined;
    case 'retracted':
      return standing.length > 1 ? made('FactRetracted', { events: [standing.pop()!] }) : undefined;
    case 'disputed':
      return made('FactDisputed', {
        event: registered,
        fields: [{ field: 'acted', value: wholeDay(addDays(day, -1_100)) }],
      });
  }
}
