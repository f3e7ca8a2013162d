import type { RegisterEvent } from '../../src/entries/domain/event.js';

type Data = Readonly<Record<string, unknown>>;

/** The acts of one reading of a stream, with the contents that they have in it. */
export type ReadingOfActs = readonly RegisterEvent[];

const others = new Set([
  'EntryApproved',
  'EntryRejected',
  'FactCorrected',
  'FactRetracted',
  'FactDisputed',
  'DisputeSettled',
  'DisputeWithdrawn',
]);
const counting = new Set(['FactRetracted', 'EntryApproved', 'EntryRejected']);

const data = (it: RegisterEvent) => it.data as Data;
const isAct = (it: RegisterEvent) => !others.has(it.type);

/**
 * Every reading of a stream by the letter of the rules, found by trying everything: what stands is
 * asked anew for each event, with some doubted retractions and approvals taken as not there.
 */
export function everyReading(events: readonly RegisterEvent[]): readonly ReadingOfActs[] {
  return everyStanding(events, [], []).flatMap((stands) => readingsOf(events, stands));
}

type Stands = (it: RegisterEvent) => boolean;

function standsWithout(events: readonly RegisterEvent[], ignored: readonly string[]): Stands {
  const counts: Stands = (it) =>
    it.entry === undefined ||
    events.some(
      (other, i) =>
        i > events.indexOf(it) &&
        other.type === 'EntryApproved' &&
        data(other)['entry'] === it.entry &&
        stands(other),
    );
  const stands: Stands = (it) =>
    !ignored.includes(it.id) &&
    counts(it) &&
    !events.some(
      (other, i) =>
        i > events.indexOf(it) &&
        other.type === 'FactRetracted' &&
        (data(other)['events'] as readonly string[]).includes(it.id) &&
        stands(other),
    );
  return stands;
}

function everyStanding(
  events: readonly RegisterEvent[],
  ignored: readonly string[],
  decided: readonly string[],
): readonly Stands[] {
  const stands = standsWithout(events, ignored);
  const next = doubtsIn(events, stands).find(
    ({ target }) => counting.has(target.type) && !decided.includes(target.id),
  )?.target.id;
  if (next === undefined) return [stands];
  const now = [...decided, next];
  return [
    ...everyStanding(events, ignored, now),
    ...everyStanding(events, [...ignored, next], now),
  ];
}

interface DoubtIn {
  readonly by: string;
  readonly target: RegisterEvent;
  readonly field: string;
  readonly value?: unknown;
}

function doubtsIn(events: readonly RegisterEvent[], stands: Stands): readonly DoubtIn[] {
  const over = (dispute: RegisterEvent) =>
    events.some(
      (it) =>
        (it.type === 'DisputeSettled' || it.type === 'DisputeWithdrawn') &&
        data(it)['dispute'] === dispute.id &&
        stands(it),
    );
  return events
    .filter((it) => it.type === 'FactDisputed' && stands(it) && !over(it))
    .flatMap((dispute) => {
      const target = events.find((it) => it.id === data(dispute)['event']);
      if (target === undefined || !stands(target)) return [];
      const fields = data(dispute)['fields'] as readonly { field: string; value?: unknown }[];
      return fields
        .map((it) => ({ by: dispute.id, target, ...it }))
        .filter(({ field }) => {
          if (counting.has(target.type)) return true;
          const about =
            target.type === 'FactCorrected' ? (data(target)['event'] as string) : target.id;
          const newest = correctionsOf(events, stands, about, field).at(-1);
          return target.type === 'FactCorrected' ? newest === target : newest === undefined;
        });
    });
}

function correctionsOf(
  events: readonly RegisterEvent[],
  stands: Stands,
  act: string,
  field: string,
): readonly RegisterEvent[] {
  return events.filter(
    (it) =>
      it.type === 'FactCorrected' &&
      stands(it) &&
      data(it)['event'] === act &&
      (data(it)['fields'] as readonly { field: string }[]).some((one) => one.field === field),
  );
}

function set(act: RegisterEvent, field: string, value: unknown): RegisterEvent {
  const copy = structuredClone(act) as unknown as Record<string, unknown>;
  const dated = ['acted', 'effective', 'order'].includes(field);
  const holder = dated ? copy : (copy['data'] as Record<string, unknown>);
  if (value === undefined) delete holder[field];
  else holder[field] = value;
  return copy as unknown as RegisterEvent;
}

function readingsOf(
  events: readonly RegisterEvent[],
  stands: Stands,
): readonly (readonly RegisterEvent[])[] {
  const corrected = (act: RegisterEvent, without?: string): RegisterEvent => {
    let content = act;
    for (const it of events) {
      const mine = it.type === 'FactCorrected' && stands(it) && data(it)['event'] === act.id;
      if (!mine || it.id === without) continue;
      for (const one of data(it)['fields'] as readonly { field: string; new?: unknown }[]) {
        content = set(content, one.field, one.new);
      }
    }
    return content;
  };
  const standing = events.filter((it) => isAct(it) && stands(it));
  const asIs = standing.map((it) => corrected(it));
  const approved = (it: RegisterEvent) =>
    it.entry === undefined ||
    events.some((a) => a.type === 'EntryApproved' && data(a)['entry'] === it.entry && stands(a));
  const bases = events
    .filter((it) => isAct(it) && !standing.includes(it) && approved(it))
    .map((it) => corrected(it))
    .filter(
      (base) => !asIs.some((it) => standsInFor(it, base)) && asIs.some((it) => leansOn(it, base)),
    );
  let found: (readonly RegisterEvent[])[] = [asIs];
  for (const base of bases) {
    found = found.flatMap((acts) => [[...acts, base], acts.filter((it) => !leansOn(it, base))]);
  }
  const groups = new Map<string, DoubtIn[]>();
  for (const doubt of doubtsIn(events, stands)) {
    if (counting.has(doubt.target.type)) continue;
    const act =
      doubt.target.type === 'FactCorrected'
        ? (data(doubt.target)['event'] as string)
        : doubt.target.id;
    const key = `${act} ${doubt.field}`;
    groups.set(key, [...(groups.get(key) ?? []), doubt]);
  }
  for (const [key, doubts] of groups) {
    const [act, field] = key.split(' ') as [string, string];
    found = found.flatMap((acts) => [
      acts,
      ...doubts.map((doubt) =>
        acts.flatMap((it) => {
          if (it.id !== act) return [it];
          if ('value' in doubt) return [set(it, field, doubt.value)];
          if (doubt.target.id === act) return [];
          const original = events.find((one) => one.id === act)!;
          const before = corrected(original, doubt.target.id);
          const old = ['acted', 'effective', 'order'].includes(field)
            ? (before as unknown as Data)[field]
            : data(before)[field];
          return [set(it, field, old)];
        }),
      ),
    ]);
  }
  return found;
}

const onConclusion = new Set([
  'AgreementTookEffect',
  'TermAgreed',
  'TopologyStated',
  'ServiceStarted',
  'ServiceSuspended',
  'ServiceResumed',
  'ServiceEnded',
  'PartyAcceded',
  'PartyWithdrew',
  'RenewalConfirmed',
  'AgreementEnded',
]);

const concludes = (it: RegisterEvent) =>
  it.type === 'AgreementRegistered' || it.type === 'AgreementConcluded';

const pairs: readonly (readonly [act: string, base: string])[] = [
  ['AgreementConcluded', 'AgreementDrafted'],
  ['AgreementConcluded', 'PartySigned'],
  ['PartySigned', 'AgreementDrafted'],
  ['ServiceSuspended', 'ServiceStarted'],
  ['ServiceResumed', 'ServiceStarted'],
  ['ServiceResumed', 'ServiceSuspended'],
  ['ServiceEnded', 'ServiceStarted'],
  ['RenewalConfirmed', 'TermAgreed'],
  ['NonRenewalNotified', 'TermAgreed'],
  ['PartyWithdrew', 'PartyAcceded'],
];

function leansOn(act: RegisterEvent, base: RegisterEvent): boolean {
  if (concludes(base)) return onConclusion.has(act.type);
  return pairs.some(([a, b]) => a === act.type && b === base.type) && sameSubject(act, base);
}

function standsInFor(other: RegisterEvent, base: RegisterEvent): boolean {
  if (concludes(base)) return concludes(other);
  return other.type === base.type && sameSubject(other, base);
}

function sameSubject(a: RegisterEvent, b: RegisterEvent): boolean {
  const subject = (it: RegisterEvent) => data(it)['party'] ?? data(it)['provider'];
  return subject(a) === undefined || subject(b) === undefined || subject(a) === subject(b);
}
