import type { Membership } from '../../src/parties/domain/party-parts.js';
import type { Succession } from '../../src/parties/domain/succession.js';
import { asOfDay } from '../as-of-day.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { SpanRow } from '../obligations/span.js';
import { subjectOf } from '../record-row.js';
import { asItself, carriedBy, type Carried } from './asked.js';

interface Told {
  /** Bodies that are asked about whether anything leads to them or not. */
  readonly besides: readonly string[];
  /** Open-ended groups, and councils with more members than are told apart. */
  readonly unnamed: ReadonlySet<string>;
}

/** Who may serve her where a body stands in an agreement, by what is on record on the day. */
export class StandIns {
  private readonly next = new Map<string, string[]>();
  private readonly councils = new Set<string>();
  private readonly chains = new Map<string, ReturnType<typeof carriedBy>>();

  constructor(
    rows: readonly SpanRow[],
    day: number,
    private readonly links: PartyLinks,
    private readonly told: Told,
  ) {
    for (const { stream, part, contents, pending, holds } of asOfDay(rows, day)) {
      const states = contents.map(({ content }) => (content as Membership | Succession).state);
      if (!holds || (pending.length === 0 && !states.some(isBegun))) continue;
      if (part.startsWith('member:')) {
        this.councils.add(stream);
        add(this.next, stream, subjectOf(part));
      } else if (part.startsWith('succession:')) add(this.next, subjectOf(part), stream);
    }
  }

  /**
   * The ways by which somebody stands for the provider: the members of a council, through councils
   * that are members; who succeeded any of them; and the provider where it is no council. A successor
   * may have come by the day or not: whether the ways hold on it is theirs to say.
   */
  of(provider: string): readonly Carried[] {
    const all = new Set([...this.reachedFrom(provider), ...this.told.besides]);
    return [...all].flatMap((it) => this.from(it, provider));
  }

  /** The ways by which one body stands for a provider. */
  from(named: string, provider: string): readonly Carried[] {
    if (named === provider) return [asItself(named, this.links)];
    const ways = this.chains.get(named) ?? carriedBy(named, this.links);
    this.chains.set(named, ways);
    return ways.found.filter((it) => it.body === provider && it.how !== 'part');
  }

  /** Whether more or longer ways lead from somebody than were followed. */
  get cut(): boolean {
    return [...this.chains.values()].some((it) => it.cut);
  }

  /** Whether a body has, or may have, members that are not told apart. */
  isUnnamed(body: string): boolean {
    return this.told.unnamed.has(body);
  }

  private reachedFrom(provider: string): readonly string[] {
    const reached = new Set([provider]);
    for (const it of reached) {
      for (const next of this.next.get(it)?.toSorted() ?? []) reached.add(next);
    }
    return [...reached].filter((it) => !this.councils.has(it) || this.isUnnamed(it));
  }
}

function isBegun(state: (Membership | Succession)['state']): boolean {
  return state === 'member' || state === 'succeeded';
}

function add(to: Map<string, string[]>, key: string, value: string): void {
  to.set(key, [...(to.get(key) ?? []), value]);
}
