import { verdicts, type Verdict } from '../../src/entries/domain/finding.js';
import type { Link, Links } from '../../src/obligations/domain/link.js';
import {
  goesOn,
  member,
  partOf,
  perhapsMember,
  stillStoodFor,
  succeeds,
} from '../../src/obligations/domain/link-verdicts.js';
import type { Support } from '../../src/obligations/domain/support.js';
import type { Membership, PartyName } from '../../src/parties/domain/party-parts.js';
import type { Succession } from '../../src/parties/domain/succession.js';
import { certain, isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import type { Segments } from '../../src/time/segments.js';
import { subjectOf } from '../record-row.js';
import type { PartyFacts } from './party-facts.js';
import { spoken, type Spoken } from './span.js';

const SILENT: Segments<Spoken> = spoken([]);

/** Who stands for whom, by what the streams of parties say. */
export class PartyLinks implements Links {
  private readonly made = new Map<string, readonly Link[]>();
  private readonly existing = new Map<string, readonly Support[]>();

  constructor(private readonly facts: PartyFacts) {}

  from(party: string): readonly Link[] {
    const made = this.made.get(party) ?? this.linksFrom(party).filter(mayHold).sort(inOrder);
    this.made.set(party, made);
    return made;
  }

  existence(party: string): readonly Support[] {
    const made = this.existing.get(party) ?? this.ending(party, goesOn);
    this.existing.set(party, made);
    return made;
  }

  /** Whether somebody is a member of a council; a membership that nobody recorded is open. */
  membership(council: string, of: string): Support {
    return support<Membership>(council, this.days(council, `member:${of}`), member, of);
  }

  /** That a council is still the one that its members stood for. */
  remains(council: string): readonly Support[] {
    return this.ending(council, stillStoodFor);
  }

  /** Parts of a whole, by what any reading of any day says. */
  isPartOf(ward: string, whole: string): boolean {
    return this.facts.days(ward, `partOf:${whole}`) !== undefined;
  }

  private linksFrom(party: string): readonly Link[] {
    return [
      ...this.streamsNaming(`member:${party}`).map((it) => this.memberOf(party, it)),
      ...this.facts.openEnded
        .filter((it) => it !== party && !this.speaks(it, `member:${party}`))
        .map((it) => this.perhapsMemberOf(party, it)),
      ...this.wholesOf(party).map((it) => this.wholeOf(party, it)),
      ...this.streamsNaming(`partOf:${party}`).map((it) => this.part(party, it)),
      ...this.facts.predecessors(party).map((it) => this.successorOf(party, it)),
    ];
  }

  private memberOf(from: string, to: string): Link {
    const days = this.days(to, `member:${from}`);
    const supports = [
      support<Membership>(to, days, member, from),
      ...this.ending(to, stillStoodFor),
    ];
    return { kind: 'member', from, to, ...waiting(days), supports: () => supports };
  }

  private perhapsMemberOf(from: string, to: string): Link {
    const days = this.days(to, 'name');
    const supports = [support<PartyName>(to, days, perhapsMember, from)];
    return { kind: 'member', from, to, unrecorded: true, supports: () => supports };
  }

  private wholeOf(from: string, to: string): Link {
    const days = this.days(from, 'name');
    const supports = [
      support<PartyName>(from, days, (it) => partOf(it, to)),
      ...this.ending(to, stillStoodFor),
    ];
    return { kind: 'whole', from, to, supports: () => supports };
  }

  private part(from: string, to: string): Link {
    const days = this.days(to, 'name');
    const named = this.days(to, `partOf:${from}`);
    const kind = this.names(to).some((it) => it.kind === 'organ') ? 'organ' : 'ward';
    const supports = [
      support<PartyName>(to, days, (it) => partOf(it, from)),
      ...this.ending(to, goesOn),
    ];
    return { kind, from, to, ...waiting(named), supports: () => supports };
  }

  private successorOf(from: string, to: string): Link {
    const days = this.days(from, `succession:${to}`);
    const supports = (agreement: string | undefined) => [
      support<Succession>(from, days, (it) => succeeds(it, agreement)),
    ];
    return { kind: 'succession', from, to, ...waiting(days), supports };
  }

  /**
   * The days on which a party ceased, as its successors' streams say. What only entries waiting for
   * approval say ends nothing, and is kept for its `pending`.
   */
  private ending(party: string, judge: (it: Succession) => Verdict): readonly Support[] {
    const part = `succession:${party}`;
    return this.streamsNaming(part).map((successor) => {
      const days = this.days(successor, part);
      return this.speaks(successor, part)
        ? support<Succession>(successor, days, judge)
        : untouched(successor, days);
    });
  }

  /** Whether anything approved speaks of the part. */
  private speaks(stream: string, part: string): boolean {
    return this.days(stream, part).some(({ content }) => content.contents.length > 0);
  }

  private days(stream: string, part: string): Segments<Spoken> {
    return this.facts.days(stream, part) ?? SILENT;
  }

  private wholesOf(party: string): readonly string[] {
    const wards = this.names(party).filter((it) => it.kind !== 'organ');
    return [...new Set(wards.flatMap((it) => it.partOf ?? []))];
  }

  private names(party: string): readonly PartyName[] {
    return this.days(party, 'name').flatMap(({ content }) =>
      content.contents.flatMap((it) =>
        isTooMany(it.content as object) ? [] : [it.content as PartyName],
      ),
    );
  }

  private streamsNaming(part: string): readonly string[] {
    return this.facts.naming(part).filter((it) => it !== subjectOf(part));
  }
}

/** A fact of one stream, judged day by day; what it says nothing about is open. */
export function support<C>(
  party: string,
  days: Segments<Spoken>,
  judge: (content: C) => Verdict,
  about?: string,
): Support {
  return {
    in: { party },
    days: days.map(({ from, to, content: { contents, pending } }) => ({
      from,
      to,
      content: {
        pending,
        verdicts:
          contents.length === 0 ? unrecorded : verdicts(contents as Possible<C | TooMany>, judge),
      },
    })),
    ...(about === undefined ? {} : { about }),
  };
}

/** A fact that holds on every day, until one of the entries that wait is approved. */
function untouched(party: string, days: Segments<Spoken>): Support {
  const verdicts = certain<Verdict>({ answer: 'yes', reasons: [], presumed: [] });
  return {
    in: { party },
    days: days.map(({ from, to, content: { pending } }) => ({
      from,
      to,
      content: { pending, verdicts },
    })),
  };
}

const unrecorded = [
  {
    content: {
      answer: 'undetermined' as const,
      reasons: [{ code: 'nothing-recorded' as const, events: [] }],
      presumed: [],
    },
    worlds: [{}],
  },
];

function waiting(days: Segments<Spoken>): { readonly waits?: true } {
  return days.every(({ content }) => content.contents.length === 0) ? { waits: true } : {};
}

/** A link that holds on no day leads nowhere. */
function mayHold(link: Link): boolean {
  return link
    .supports(undefined)
    .every(({ days }) =>
      days.some(({ content }) => content.verdicts.some((it) => it.content.answer !== 'no')),
    );
}

function inOrder(a: Link, b: Link): number {
  const [one, other] = [`${a.kind} ${a.to}`, `${b.kind} ${b.to}`];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
