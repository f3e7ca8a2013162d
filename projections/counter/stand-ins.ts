import type { Membership } from '../../src/parties/domain/party-parts.js';
import type { Succession } from '../../src/parties/domain/succession.js';
import type { PartiesKnown } from '../kept/parties-known.js';
import type { SpanRow } from '../obligations/span.js';
import type { Around } from './around.js';
import { asItself, carriedBy, type Carried } from './asked.js';

/** Who may serve her where a body stands in an agreement, by what is on record on the day. */
export class StandIns {
  /** Open-ended groups, and councils with more members than are told apart. */
  private readonly unnamed: ReadonlySet<string>;
  private readonly ways = new Map<string, readonly Carried[]>();
  private readonly chains = new Map<string, ReturnType<typeof carriedBy>>();

  constructor(
    private readonly parties: PartiesKnown,
    private readonly around: Around,
    private readonly day: number,
  ) {
    this.unnamed = new Set([...parties.openEnded, ...around.crowded]);
  }

  /**
   * The ways by which somebody stands for the provider: the members of a council, through councils
   * that are members; who succeeded any of them; and the provider where it is no council. A successor
   * may have come by the day or not: whether the ways hold on it is theirs to say. Whoever states
   * coverage is asked about whether anything leads to him or not.
   */
  of(provider: string): readonly Carried[] {
    const known = this.ways.get(provider);
    if (known !== undefined) return known;
    const all = new Set([...this.reachedFrom(provider), ...this.around.covering]);
    const ways = [...all].flatMap((it) => this.from(it, provider));
    this.ways.set(provider, ways);
    return ways;
  }

  /** The ways by which one body stands for a provider. */
  from(named: string, provider: string): readonly Carried[] {
    if (named === provider) return [asItself(named, this.parties.links)];
    const ways = this.chains.get(named) ?? carriedBy(named, this.parties.links);
    this.chains.set(named, ways);
    return (ways.by.get(provider) ?? []).filter((it) => it.how !== 'part');
  }

  /** Whether more or longer ways lead from somebody than were followed. */
  get cut(): boolean {
    return [...this.chains.values()].some((it) => it.cut);
  }

  /** Whether a body has, or may have, members that are not told apart. */
  isUnnamed(body: string): boolean {
    return this.unnamed.has(body);
  }

  private reachedFrom(provider: string): readonly string[] {
    const reached = new Set([provider]);
    const councils = new Set<string>();
    for (const it of reached) {
      const members = this.begun(
        this.parties
          .subjects(it, 'member')
          .filter((one) => this.around.bodies.has(one))
          .flatMap((one) => this.parties.on(it, `member:${one}`, this.day) ?? []),
      ).map((row) => row.part.slice('member:'.length));
      if (members.length > 0) councils.add(it);
      const part = `succession:${it}`;
      const successors = this.begun(
        this.parties.naming(part).flatMap((one) => this.parties.on(one, part, this.day) ?? []),
      ).map((row) => row.stream);
      for (const next of [...members, ...successors].sort()) reached.add(next);
    }
    return [...reached].filter((it) => !councils.has(it) || this.isUnnamed(it));
  }

  /** What says that somebody has joined or succeeded, or waits for approval. */
  private begun(rows: readonly SpanRow[]): readonly SpanRow[] {
    return rows.filter(
      ({ contents, pending }) =>
        pending.length > 0 ||
        contents.some(({ content }) => {
          const { state } = content as Membership | Succession;
          return state === 'member' || state === 'succeeded';
        }),
    );
  }
}
