import { contentOf } from '../../src/entries/domain/content.js';
import type { Numbered, RegisterEvent } from '../../src/entries/domain/event.js';
import { standing } from '../../src/entries/domain/standing.js';
import type { PartyEvent } from '../../src/parties/domain/acts.js';
import { shown } from '../date-shown.js';
import type { PartyNames } from '../party-names.js';
import type { PartyDetailAnswer, Said } from './party-detail.answer.js';

/** Offices, figures and meetings that stand and are approved, as corrected, in the order of recording. */
export function saidIn(
  events: readonly Numbered[],
  names: PartyNames,
): Pick<PartyDetailAnswer, 'offices' | 'figures' | 'meetings'> {
  const { events: stand } = standing(events, 'approved');
  const acts = stand.map(({ event }) => contentOf(event, stand) as PartyEvent);
  const all = (type: PartyEvent['type']) =>
    acts.filter((it) => it.type === type).map((it) => said(it, names));
  return {
    offices: all('OfficeChanged'),
    figures: all('FiguresPublished'),
    meetings: all('MeetingHeld'),
  };
}

function said(act: PartyEvent, names: PartyNames): Said {
  const { id, type, acted, effective, source } = act as RegisterEvent;
  return {
    event: id,
    type,
    ...(acted === undefined ? {} : { acted: shown(acted) }),
    ...(effective === undefined ? {} : { effective: shown(effective) }),
    ...(source === undefined ? {} : { source }),
    data: act.type === 'MeetingHeld' ? withNames(act.data, names) : act.data,
  };
}

function withNames(
  meeting: Extract<PartyEvent, { type: 'MeetingHeld' }>['data'],
  names: PartyNames,
) {
  const { attendees } = meeting;
  if (attendees === undefined) return meeting;
  return {
    ...meeting,
    attendees: attendees.map((it) => ({ ...it, party: names.shown(it.party) })),
  };
}

/** Parties that meetings name. */
export function attendeesIn(events: readonly Numbered[]): readonly string[] {
  return events.flatMap(({ event }) => {
    const { attendees } = event.data as {
      readonly attendees?: readonly { readonly party?: string }[];
    };
    return (Array.isArray(attendees) ? attendees : []).flatMap((it) => it.party ?? []);
  });
}
