import type { Part } from '../../entries/domain/unfold.js';
import type { PartyEvent } from './acts.js';
import type { PartyName } from './party-parts.js';

const attributes = [
  'name',
  'kana',
  'kind',
  'code',
  'corporateNumber',
  'partOf',
  'prefecture',
  'latitude',
  'longitude',
  'openEnded',
] as const;

/** What a party is called and numbered: each act sets what it states and leaves the rest. */
export const namePart: Part<PartyName> = {
  key: 'name',
  slots: ['name'],
  read: (sequence) =>
    sequence.reduce<PartyName>(
      (known, { event }) => ({
        ...known,
        ...Object.fromEntries(stated(event as PartyEvent)),
        by: [...known.by, event.id],
      }),
      { by: [] },
    ),
};

/** Whether two acts state nothing that the other states: then their order decides nothing. */
export function saysOther(one: PartyEvent, other: PartyEvent): boolean {
  const names = new Set<string>(stated(one).map(([name]) => name));
  return !stated(other).some(([name]) => names.has(name));
}

function stated({ data }: PartyEvent): readonly (readonly [string, unknown])[] {
  const said = data as Partial<PartyName>;
  return attributes.flatMap((it) => (said[it] === undefined ? [] : [[it, said[it]] as const]));
}
