import { rangeOf } from '../../src/time/day-range.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import type { ActOnRecord } from '../act-rows.js';
import type { AgreementRecord } from '../agreement-record.js';
import { shown, type DateShown } from '../date-shown.js';

/** A date of an act, with the act and the corrections that it comes from. */
export type DateOfAct = DateShown & {
  readonly event: string;
  readonly corrected?: readonly string[];
};

const concluding: ReadonlySet<string> = new Set(['AgreementRegistered', 'AgreementConcluded']);

/** 締結日: as the concluding act says it, corrected as known; null where none is stated. */
export function signedOf(agreement: AgreementRecord): DateOfAct | null {
  const acts = agreement.acts.filter(([, it]) => concluding.has(it.type));
  return dateOf(acts.at(-1), (it) => it.acted);
}

/** 利用開始日: of the start that speaks of the field and provider most closely; the earliest of those. */
export function serviceStartOf(
  agreement: AgreementRecord,
  field: string,
  provider: string,
): DateOfAct | null {
  const starts = agreement.acts
    .filter(([, it]) => it.type === 'ServiceStarted')
    .filter(([, it]) => (it.field ?? field) === field && (it.provider ?? provider) === provider);
  const narrowest = Math.max(...starts.map(([, it]) => narrowness(it)));
  const closest = starts
    .filter(([, it]) => narrowness(it) === narrowest)
    .sort(([, a], [, b]) => firstDay(a) - firstDay(b));
  return dateOf(closest[0], (it) => it.effective ?? it.acted);
}

function dateOf(
  found: readonly [event: string, act: ActOnRecord] | undefined,
  of: (act: ActOnRecord) => PartialDate | undefined,
): DateOfAct | null {
  const date = found && of(found[1]);
  if (found === undefined || date === undefined) return null;
  const [event, { corrected }] = found;
  return { ...shown(date), event, ...(corrected === undefined ? {} : { corrected }) };
}

function narrowness({ provider, field }: ActOnRecord): number {
  return (provider === undefined ? 0 : 2) + (field === undefined ? 0 : 1);
}

function firstDay({ effective, acted }: ActOnRecord): number {
  const date = effective ?? acted;
  return (date && rangeOf(date)?.from) ?? Infinity;
}
