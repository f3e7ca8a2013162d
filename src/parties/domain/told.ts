import { dayOfEffect } from '../../entries/domain/effect.js';
import type { Telling } from '../../entries/domain/told-fact.js';
import type { PartyEvent } from './acts.js';
import { partyLeaning } from './leaning.js';

type DataOf<T extends PartyEvent['type']> = Extract<PartyEvent, { type: T }>['data'];

export type Meeting = DataOf<'MeetingHeld'>;
export type Figures = DataOf<'FiguresPublished'>;

/** What party streams tell: meetings of a council, by who was there, and figures as published. */
export const partyTelling: Telling = {
  leaning: partyLeaning,
  told(event, _, presume) {
    const act = event as PartyEvent;
    if (act.type === 'MeetingHeld') {
      const there = (act.data.attendees ?? []).map((it) => `with:${it.party}`);
      const keys = [...new Set(there)];
      return { kind: 'meeting', said: act.data, begins: dayOfEffect(act, presume), keys };
    }
    if (act.type === 'FiguresPublished') {
      return { kind: 'figures', said: act.data, begins: undefined, keys: [] };
    }
    return undefined;
  },
};
