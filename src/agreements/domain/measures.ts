import { dayOfEffect, type DayOfEffect } from '../../entries/domain/effect.js';
import type { Presuming } from '../../entries/domain/presumption.js';
import type { Telling, Told } from '../../entries/domain/told-fact.js';
import type { AgreementEvent } from './acts.js';
import { agreementLeaning } from './leaning.js';
import type { PartyRole } from './vocabulary.js';

type Recorded = Extract<AgreementEvent, { type: 'MeasureRecorded' }>;

/** 取組, 見直し, 発動, 訓練: what is done under or beside an agreement. None of it binds anybody. */
export interface Measure {
  readonly title: string;
  readonly description?: string;
  readonly field?: string;
  /** Its own, where the act names some; else those of the record that it stands under take part. */
  readonly parties?: readonly {
    readonly party: string;
    readonly role?: PartyRole;
    readonly capacity?: string;
  }[];
  readonly unnamed?: readonly string[];
  readonly figures?: Recorded['data']['figures'];
  readonly stage?: Recorded['data']['stage'];
}

/** Stages of what was not done yet: the day that the source gives is the day aimed at. */
const ahead: ReadonlySet<string | undefined> = new Set(['planned', 'considered', 'possible']);

/** What agreement streams tell of measures, by the parties and the fields that they concern. */
export const measureTelling: Telling = {
  leaning: agreementLeaning,
  told(event, all, presume) {
    const act = event as AgreementEvent;
    const said = measureOf(act);
    if (said === undefined) return undefined;
    const acts = all as readonly AgreementEvent[];
    const parties = said.parties?.map((it) => it.party) ?? partiesNamed(acts);
    const fields = said.field === undefined ? fieldsNamed(acts) : [said.field];
    const keys = [...parties.map((it) => `of:${it}`), ...fields.map((it) => `in:${it}`)];
    return { kind: 'measure', said, begins: begins(act, said, presume), keys } satisfies Told;
  },
};

/** A plan is so as of its document; the day that it aims at does not make it done. */
function begins(act: AgreementEvent, { stage }: Measure, presume: Presuming): DayOfEffect {
  if (!ahead.has(stage)) return dayOfEffect(act, presume);
  const { effective: _, ...reported } = act;
  return dayOfEffect(reported, presume);
}

function measureOf(act: AgreementEvent): Measure | undefined {
  switch (act.type) {
    case 'MeasureRecorded':
      return act.data;
    case 'ReviewHeld':
      return { title: act.data.summary };
    case 'InvokedInIncident':
      return { title: act.data.incident };
    case 'DrillHeld':
      return { title: act.data.title };
    default:
      return undefined;
  }
}

function partiesNamed(acts: readonly AgreementEvent[]): readonly string[] {
  const named = acts.flatMap((act) => {
    if (act.type === 'PartyAcceded') return [act.data.party];
    const begun = act.type === 'AgreementRegistered' || act.type === 'AgreementDrafted';
    return begun ? act.data.parties.map((it) => it.party) : [];
  });
  return [...new Set(named)];
}

function fieldsNamed(acts: readonly AgreementEvent[]): readonly string[] {
  const named = acts.flatMap((act) => {
    const begun = act.type === 'AgreementRegistered' || act.type === 'AgreementDrafted';
    return begun || act.type === 'AgreementAmended' ? (act.data.fields ?? []) : [];
  });
  return [...new Set(named)];
}
