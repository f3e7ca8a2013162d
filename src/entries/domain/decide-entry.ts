import { decideAct } from '../../agreements/domain/decide.js';
import type { AgreementEvent } from '../../agreements/domain/acts.js';
import type { FacilityEvent } from '../../facilities/domain/acts.js';
import { decideFacilityAct } from '../../facilities/domain/decide.js';
import type { PartyEvent } from '../../parties/domain/acts.js';
import { decidePartyAct } from '../../parties/domain/decide.js';
import type { StreamKind } from './act-type.js';
import { actType } from './catalogue.js';
import { openDoubts } from './dispute.js';
import { withValue } from './content.js';
import type { RegisterEvent } from './event.js';
import { standingEvent } from './read-field-values.js';
import { refuse } from './refusal.js';
import type { Timeline } from './timeline.js';

/** Whether one event of an entry may stand after what the timeline holds. `field` names it in faults. */
export function decideEntered(
  kind: StreamKind,
  timeline: Timeline,
  event: RegisterEvent,
  field: string,
): void {
  opensOnce(kind, timeline, event, field);
  switch (event.type) {
    case 'FactRetracted':
      return retract(timeline, event, field);
    case 'DisputeSettled':
      return settle(timeline, (event.data as { readonly dispute: string }).dispute, field);
    case 'FactCorrected':
      return correct(kind, timeline, event, field);
  }
  decideOfKind(kind, timeline, event, field);
}

/** Acts whose content must be lawful however often it is corrected. */
const lawfulAlone: ReadonlySet<string> = new Set([
  'AgreementRegistered',
  'AgreementDrafted',
  'TopologyStated',
  'ScopeStated',
  'FacilitiesCounted',
  'TermsOfUseSet',
  'PartyRegistered',
  'CodeAssigned',
  'PartySucceeded',
  'FacilityRegistered',
  'FacilityChanged',
]);

/** 訂正: what comes out of it must be an act that could have been entered. */
function correct(kind: StreamKind, timeline: Timeline, event: RegisterEvent, field: string): void {
  const corrected = actEntered(timeline, event);
  if (!lawfulAlone.has(corrected.type)) return;
  decideOfKind(kind, timeline, corrected, field);
}

/** The act that an event makes: what a correction makes of the act that it names, else the event itself. */
export function actEntered(timeline: Timeline, event: RegisterEvent): RegisterEvent {
  if (event.type !== 'FactCorrected') return event;
  const { event: named, fields } = event.data as {
    readonly event: string;
    readonly fields: readonly { readonly field: string; readonly new?: unknown }[];
  };
  const act = timeline.content(named);
  if (act === undefined) return event;
  return fields.reduce((it, { field: name, new: value }) => withValue(it, name, value), act);
}

function decideOfKind(
  kind: StreamKind,
  timeline: Timeline,
  event: RegisterEvent,
  field: string,
): void {
  if (kind === 'agreement') {
    return decideAct(timeline as Timeline<AgreementEvent>, event as AgreementEvent, field);
  }
  if (kind === 'party') {
    return decidePartyAct(timeline as Timeline<PartyEvent>, event as PartyEvent, field);
  }
  if (kind === 'facility') {
    return decideFacilityAct(timeline as Timeline<FacilityEvent>, event as FacilityEvent, field);
  }
  return undefined;
}

/** A stream begins with an opening act, and with one alone. */
function opensOnce(
  kind: StreamKind,
  timeline: Timeline,
  event: RegisterEvent,
  field: string,
): void {
  const opens = actType(kind, event.type)?.opens === true;
  const first = timeline.events.length === 0;
  if (opens === first) return;
  const code = first ? `${kind}/unknown` : `${kind}/already-open`;
  refuse(
    first ? 'unknown' : 'conflict',
    code,
    first ? 'その登録はありません。' : 'すでに登録されています。',
    {
      field: `${field}.type`,
      code,
      read: event.type,
      expected: first ? '登録または起案の行為' : '登録の後の行為',
    },
  );
}

/** 取消: each named event stands until then. */
function retract(timeline: Timeline, event: RegisterEvent, field: string): void {
  const { events } = event.data as { readonly events: readonly string[] };
  events.forEach((id, i) => standingEvent(timeline, id, `${field}.data.events[${i}]`));
}

function settle(timeline: Timeline, dispute: string, field: string): void {
  openDispute(timeline, dispute, `${field}.data.dispute`);
}

/** @throws Refusal `dispute/not-open` unless the dispute stands and is neither settled nor withdrawn */
export function openDispute(timeline: Timeline, dispute: string, field: string): RegisterEvent {
  const event = standingEvent(timeline, dispute, field);
  const open = openDoubts(timeline.stands.events).some((it) => it.dispute === dispute);
  if (event.type === 'FactDisputed' && open) return event;
  return refuse('conflict', 'dispute/not-open', 'その異議は係属していません。', {
    field,
    code: 'dispute/not-open',
    read: dispute,
    expected: '係属中の異議のid',
  });
}
