import type { Numbered } from '../../entries/domain/event.js';
import {
  dayOfDescription,
  dayOfEffect,
  effectOf,
  firstDayWithout,
  type DayOfEffect,
  type Effect,
} from '../../entries/domain/effect.js';
import { keptSegmentsOf } from '../../entries/domain/kept-segments.js';
import { partRows, type PartRow, type Parts } from '../../entries/domain/part-rows.js';
import type { Presuming, Presumption } from '../../entries/domain/presumption.js';
import { actsAmong, readingsOf } from '../../entries/domain/readings.js';
import type { Counting } from '../../entries/domain/standing.js';
import { tooManyReadings, unfoldAll, type Part } from '../../entries/domain/unfold.js';
import { rangeOf } from '../../time/day-range.js';
import type { PartyEvent } from './acts.js';
import { partyLeaning } from './leaning.js';
import { rules, rulesPart } from './own-rules.js';
import type { PartyKind } from './party-kind.js';
import { namePart, saysOther } from './name-part.js';
import { predecessorsOf, successionPart } from './succession.js';

/** Names, kind and codes of a party on a day. */
export interface PartyName {
  readonly by: readonly string[];
  readonly name?: string;
  readonly kana?: string;
  readonly kind?: PartyKind;
  readonly code?: string;
  readonly corporateNumber?: string;
  readonly partOf?: string;
  readonly prefecture?: string;
  /** Of its office, in degrees. */
  readonly latitude?: number;
  readonly longitude?: number;
  /** A named group whose members nobody has listed. */
  readonly openEnded?: boolean;
}

export interface Membership {
  readonly state: 'notJoined' | 'member' | 'left';
  readonly by: readonly string[];
  readonly presumed: readonly Presumption[];
}

export interface Covered {
  readonly by: readonly string[];
}

export function partyRows(events: readonly Numbered[], presume: Presuming): readonly PartRow[] {
  return partRows(events, (counting) => partyParts(events, counting, presume));
}

/**
 * Parts of a party: `name`, `member:<party>` of a council, `coverage:<field>`, `rules:<field>`,
 * `succession:<party>` of a successor.
 */
export function partyParts(
  events: readonly Numbered[],
  counting: Counting,
  presume: Presuming,
): Parts {
  const readings = readingsOf(events, counting, partyLeaning);
  const happenings = (readings ?? [{ when: {}, acts: actsAmong(events) }]).map(
    ({ when, acts }) => ({
      when,
      effects: acts.flatMap(({ event }) => effectsOf(event as PartyEvent, presume)),
    }),
  );
  const slots = new Set(happenings.flatMap((it) => it.effects.flatMap(({ slots: all }) => all)));
  const parts = [...slots].sort().map(partOf);
  return readings === null
    ? tooManyReadings(parts)
    : unfoldAll(happenings, parts, keptSegmentsOf(events, presume));
}

function partOf(slot: string): Part<unknown> {
  if (slot === 'name') return namePart;
  if (slot.startsWith('succession:')) return successionPart(slot);
  if (slot.startsWith('rules:')) return rulesPart(slot);
  return slot.startsWith('member:') ? membershipPart(slot) : coveragePart(slot);
}

function membershipPart(slot: string): Part<Membership> {
  return {
    key: slot,
    slots: [slot],
    read(sequence) {
      const last = sequence.at(-1);
      if (last === undefined) return { state: 'notJoined', by: [], presumed: [] };
      const state = last.kind === 'join' ? 'member' : 'left';
      return { state, by: [last.event.id], presumed: last.presumed };
    },
  };
}

function coveragePart(slot: string): Part<Covered> {
  return {
    key: slot,
    slots: [slot],
    read(sequence) {
      const open = sequence.filter((it) => it.kind === 'cover').map((it) => it.event.id);
      const closed = sequence.filter((it) => it.kind === 'uncover').map((it) => it.event.id);
      return { by: open.filter((id) => !closed.includes(id)).sort() };
    },
  };
}

function effectsOf(event: PartyEvent, presume: Presuming): readonly Effect[] {
  switch (event.type) {
    case 'PartyRegistered':
      return [effect(event, 'register', 'name', dayOfDescription(event, presume), presume)];
    case 'OfficeLocated':
      return [naming(event, 'locate', dayOfDescription(event, presume), presume)];
    case 'PartyRenamed':
    case 'CodeAssigned':
      return [naming(event, 'rename', dayOfEffect(event, presume), presume)];
    case 'PartySucceeded':
      return [
        naming(event, 'rename', dayOfEffect(event, presume), presume),
        ...succeeding(event, presume),
      ];
    case 'MemberJoined':
      return [
        effect(event, 'join', `member:${event.data.member}`, dayOfEffect(event, presume), presume),
      ];
    case 'MemberLeft': {
      const day = firstDayWithout(dayOfEffect(event, presume), event.data.wording, presume);
      return [effect(event, 'leave', `member:${event.data.member}`, day, presume)];
    }
    case 'CoverageStated':
      return coverage(event, presume);
    case 'TermsOfUseSet':
      return [rules(event, presume)];
    case 'OfficeChanged':
    case 'FiguresPublished':
    case 'MeetingHeld':
      return [];
  }
}

function naming(event: PartyEvent, kind: string, day: DayOfEffect, presume: Presuming): Effect {
  const named = effect(event, kind, 'name', day, presume);
  return { ...named, commutes: (other) => saysOther(event, other.event as PartyEvent) };
}

/** All predecessors on one day, which is one unknown. */
function succeeding(
  event: Extract<PartyEvent, { type: 'PartySucceeded' }>,
  presume: Presuming,
): readonly Effect[] {
  const slots = predecessorsOf(event).map((it) => `succession:${it}`);
  if (slots.length === 0) return [];
  return [effectOf(event, 'succeed', slots, dayOfEffect(event, presume), presume, follows)];
}

/** A list as of a day covers that day alone; a span covers each of its days. */
function coverage(
  event: Extract<PartyEvent, { type: 'CoverageStated' }>,
  presume: Presuming,
): readonly Effect[] {
  const days = rangeOf(event.data.days);
  if (days === undefined) return [];
  const slot = `coverage:${event.data.field}`;
  const from = { range: { from: days.from, to: days.from }, presumed: [] };
  const after = { range: { from: days.to + 1, to: days.to + 1 }, presumed: [] };
  const commutes = () => true;
  const begin = { ...effect(event, 'cover', slot, from, presume), commutes };
  if (days.to === Infinity) return [begin];
  const end = { ...effect(event, 'uncover', slot, after, presume), commutes };
  return [begin, { ...end, key: `${event.id}#after` }];
}

const follows: Readonly<Record<string, readonly string[]>> = {
  rename: ['register'],
  locate: ['register'],
  leave: ['join'],
};

function effect(
  event: PartyEvent,
  kind: string,
  slot: string,
  day: DayOfEffect,
  presume: Presuming,
): Effect {
  const it = effectOf(event, kind, [slot], day, presume, follows);
  // One member's leaving builds on its own joining, and says nothing of when another joined.
  return { ...it, follows: (other) => other.slots.includes(slot) && it.follows(other) };
}
