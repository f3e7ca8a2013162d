import type { Timeline } from '../../entries/domain/timeline.js';
import type { PartyEvent } from './acts.js';

/** Who joined oftener than he left, whatever the days. */
export function membersOf(council: Timeline<PartyEvent>): readonly string[] {
  const times = new Map<string, number>();
  const count = (member: string, by: number) => times.set(member, (times.get(member) ?? 0) + by);
  for (const { data } of council.all('MemberJoined')) count(data.member, 1);
  for (const { data } of council.all('MemberLeft')) count(data.member, -1);
  return [...times].flatMap(([member, joined]) => (joined > 0 ? [member] : []));
}

/**
 * Whom a party has taken the place of. A predecessor that went on beside it, as after a split, is no
 * former self: the two may merge again.
 */
export function formerSelvesOf(party: Timeline<PartyEvent>, own: string): readonly string[] {
  return party
    .all('PartySucceeded')
    .flatMap(({ data }) => data.predecessors.filter((it) => !data.successors.includes(it)))
    .filter((it) => it !== own);
}

/** What it was called last, in the order of recording: for messages alone. */
export function nameOf(party: Timeline<PartyEvent>): string | undefined {
  return party.acts.flatMap(({ data }) => (data as { readonly name?: string }).name ?? []).at(-1);
}
