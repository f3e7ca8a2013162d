import type { Covered } from '../../src/parties/domain/party-parts.js';
import type { OwnRules } from '../../src/parties/domain/own-rules.js';
import type { PartyName } from '../../src/parties/domain/party-parts.js';
import { isTooMany, type TooMany } from '../../src/time/possibility.js';
import type { PartiesKnown } from '../kept/parties-known.js';

/** A council with more members on the day is a partner as a whole. */
const MOST_MEMBERS = 100;

export interface Near {
  /** Whoever stands in an agreement that concerns her. */
  readonly ids: readonly string[];
  readonly field: string;
  readonly home: string | undefined;
  readonly day: number;
}

/** The bodies whose own words on the day an answer may need. */
export interface Around {
  readonly bodies: ReadonlySet<string>;
  /** Those that state that their list of the field is whole. */
  readonly covering: readonly string[];
  /** Councils with too many members on the day to tell them apart. */
  readonly crowded: readonly string[];
}

/**
 * Beside the named ones: members of councils, also through councils that are members, and whoever
 * succeeded any of them; those whose rules let in anybody; and those that state coverage on the day in
 * the prefecture of her first body, by the first two digits of its code.
 */
export function bodiesAround(parties: PartiesKnown, near: Near): Around {
  const { field, home, day } = near;
  const crowded: string[] = [];
  const reached = new Set(near.ids);
  for (const it of reached) {
    const members = membersOn(parties, it, day);
    if (members.length > MOST_MEMBERS) crowded.push(it);
    else for (const one of members) reached.add(one);
    for (const one of successorsOn(parties, it, day)) reached.add(one);
  }
  const prefecture = home === undefined ? undefined : prefectureOf(parties, home, day);
  const bodies = new Set([
    ...reached,
    ...parties.naming(`rules:${field}`).filter((it) => letsInAnybody(parties, it, near)),
    ...parties
      .naming(`coverage:${field}`)
      .filter((it) => parties.on(it, `coverage:${field}`, day) !== undefined)
      .filter((it) => prefecture !== undefined && prefectureOf(parties, it, day) === prefecture),
  ]);
  const covering = [...bodies].filter((it) => states(parties, it, near));
  return { bodies, covering, crowded };
}

/** Members of which anything is said on the day. */
function membersOn(parties: PartiesKnown, council: string, day: number): readonly string[] {
  return parties
    .subjects(council, 'member')
    .filter((it) => parties.on(council, `member:${it}`, day) !== undefined);
}

function successorsOn(parties: PartiesKnown, party: string, day: number): readonly string[] {
  const part = `succession:${party}`;
  return parties.naming(part).filter((it) => parties.on(it, part, day) !== undefined);
}

function prefectureOf(parties: PartiesKnown, id: string, day: number): string | undefined {
  const [first] = parties.on(id, 'name', day)?.contents ?? [];
  return (first?.content as PartyName | undefined)?.code?.slice(0, 2);
}

function letsInAnybody(parties: PartiesKnown, body: string, { field, day }: Near): boolean {
  const rules = parties.on(body, `rules:${field}`, day)?.contents ?? [];
  return rules.some(({ content }) => {
    const said = content as OwnRules | TooMany;
    return !isTooMany(said) && said.stated?.eligibility?.some((it) => it.basis === 'anyone');
  });
}

function states(parties: PartiesKnown, body: string, { field, day }: Near): boolean {
  const row = parties.on(body, `coverage:${field}`, day);
  return (
    row?.contents.some(({ content }) => (content as Partial<Covered>).by?.length !== 0) ?? false
  );
}
