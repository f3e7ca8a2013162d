import { eventsOf, type Finding } from '../../src/entries/domain/finding.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import type { ActOnRecord } from '../act-rows.js';
import { shown } from '../date-shown.js';
import type { Missing } from './bound.answer.js';

/** Where acts are looked up: an agreement's rows, or a council's. */
export interface Acts {
  readonly in: { readonly agreement: string } | { readonly party: string };
  act(event: string): ActOnRecord | undefined;
}

/** The facts that a finding lacks: dates known in part or not at all, orders, disputed and fallen facts. */
export function missingOf(finding: Finding, ...acts: readonly Acts[]): readonly Missing[] {
  if (finding.answer !== 'undetermined') return [];
  const dated = finding.unknowns.flatMap((unknown) =>
    eventsOf(unknown).flatMap((event) =>
      acts.flatMap((it) => {
        const act = it.act(event);
        return act === undefined ? [] : [open(unknown, event, act, it)];
      }),
    ),
  );
  const unstated = finding.reasons.flatMap(({ code }) => {
    const type = statedBy[code];
    const [first] = acts;
    if (type === undefined || first === undefined) return [];
    return [{ event: null, type, ...first.in, known: null, reason: code }];
  });
  return [...dated, ...unstated];
}

/** The act that would state what the reason says is not on record. */
const statedBy: Readonly<Record<string, string>> = {
  'topology-unknown': 'TopologyStated',
  'service-not-recorded': 'ServiceStarted',
  'continuation-unsaid': 'TermAgreed',
  'not-concluded': 'AgreementConcluded',
};

const reasons: Readonly<Record<string, string>> = {
  b: 'date-unknown',
  o: 'order-unknown',
  d: 'disputed',
  f: 'fallen',
};

function open(unknown: string, event: string, act: ActOnRecord, acts: Acts): Missing {
  const reason = reasons[unknown.slice(0, 1)] ?? 'date-unknown';
  const base = { event, type: act.type, ...acts.in, reason };
  if (!unknown.startsWith('b:')) return { ...base, known: null };
  const [, own] = unknown.split('#');
  return { ...base, ...dateOf(act, own) };
}

/** Which date of the act leaves the day open: the day of effect, or the day it was done. */
function dateOf(act: ActOnRecord, own: string | undefined): Pick<Missing, 'field' | 'known'> {
  if (own === 'expiry') return field('end', act.end);
  if (own !== undefined && act.starts?.[own] !== undefined) return field('from', act.starts[own]);
  if (act.effective !== undefined) return field('effective', act.effective);
  return act.acted === undefined ? field('effective', undefined) : field('acted', act.acted);
}

function field(
  name: NonNullable<Missing['field']>,
  date: PartialDate | undefined,
): Pick<Missing, 'field' | 'known'> {
  return { field: name, known: date === undefined ? null : shown(date) };
}
