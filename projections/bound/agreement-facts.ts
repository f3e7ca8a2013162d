import type { Bond } from '../../src/agreements/domain/bond.js';
import type { Through } from '../../src/agreements/domain/details.js';
import { bonded, instrument, owed } from '../../src/agreements/domain/obligation.js';
import type { Outline } from '../../src/agreements/domain/outline.js';
import { unreserved, type Reservations } from '../../src/agreements/domain/reservation.js';
import { areasFor, concernsWard, type Scope } from '../../src/agreements/domain/scope.js';
import { topologyIn, type Pair, type Topology } from '../../src/agreements/domain/topology.js';
import { verdicts, type Verdict, type Verdicts } from '../../src/entries/domain/finding.js';
import type { Support } from '../../src/obligations/domain/support.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import { at, type Segments } from '../../src/time/segments.js';
import { AgreementRecord } from '../agreement-record.js';
import { claimed } from '../claimed-elsewhere.js';
import { concerns } from '../concerns.js';
import type { Kept } from '../keeper-row.js';
import type { Reader } from '../reader.js';
import { subjectOf } from '../record-row.js';
import { spoken, type SpanRow, type Spoken } from '../obligations/span.js';

const NOTHING: Segments<Spoken> = spoken([]);
const holds: Verdict = { answer: 'yes', reasons: [], presumed: [] };
const certainlyHolds: Verdicts = [{ content: holds, worlds: [{}] }];

/** An agreement as its rows tell it on every day, at one n: the facts that a path may lean on. */
export class AgreementFacts {
  private readonly parts = new Map<string, Segments<Spoken>>();
  private readonly records = new Map<number, AgreementRecord>();
  /** Facts that many ways lean on, made once. */
  private readonly facts = new Map<string, readonly Support[]>();
  private readonly claimsFor = new Map<Reader, readonly Support[]>();
  private bondedMade: readonly string[] | undefined;
  private waysMade: Through['ways'] | undefined;

  constructor(
    readonly id: string,
    /** Merged parts already taken apart. */
    private readonly rows: readonly SpanRow[],
    /** Rows of other agreements' streams that say they replace this one. */
    private readonly claims: readonly SpanRow[],
  ) {
    const mine = new Map<string, SpanRow[]>();
    for (const row of rows) mine.set(row.part, [...(mine.get(row.part) ?? []), row]);
    for (const [part, of] of mine) this.parts.set(part, spoken(of));
  }

  /** Everybody of those read whom an act binds, from whatever day on. */
  get bonded(): readonly string[] {
    return (this.bondedMade ??= [...this.parts.keys()]
      .filter((it) => it.startsWith('bond:'))
      .map(subjectOf)
      .sort());
  }

  /** Whether any act says that it is about the field on some day. */
  mentions(field: string): boolean {
    return this.parts.has(`field:${field}`);
  }

  /** Every umbrella that any reading of any day tells of; of one act, readings may differ. */
  get ways(): Through['ways'] {
    return (this.waysMade ??= (this.parts.get('through') ?? []).flatMap(({ content }) =>
      (content.contents as Possible<Through | TooMany>).flatMap((it) =>
        isTooMany(it.content) ? [] : it.content.ways,
      ),
    ));
  }

  get keeper(): string | undefined {
    return this.contents<Kept>('keeper', 0)[0]?.keeper;
  }

  bond(party: string): Support {
    const part = `bond:${party}`;
    return this.once(part, () => [this.fact<Bond>(part, bonded)])[0]!;
  }

  /** Whether only entries that wait for approval bind the party. */
  waitsFor(party: string): boolean {
    const days = this.parts.get(`bond:${party}`);
    return days?.every(({ content }) => content.contents.length === 0) === true;
  }

  topology(pair: Pair, field: string): Support {
    return this.once(`topology ${pair.provider} ${pair.beneficiary} ${field}`, () => [
      this.fact<Topology>('topology', (it) => owed(topologyIn(it, field), pair)),
    ])[0]!;
  }

  get instrument(): Support {
    return this.once('instrument', () => [this.fact<Outline>('outline', instrument)])[0]!;
  }

  through(judge: (it: Through) => Verdict): Support {
    return this.fact<Through>('through', judge);
  }

  about(field: string): readonly Support[] {
    return this.once(`about ${field}`, () => [
      this.judged('outline', (it) => concerns(it as Possible<Outline | TooMany>, field)),
      this.judged(`field:${field}`, () => certainlyHolds),
    ]);
  }

  /** What the provider reserved; `towards`: the beneficiary and whom it stands for. */
  reserved(provider: string, towards: readonly string[], field: string): readonly Support[] {
    return this.ifStated<Reservations>(`reservation:${provider}`, (it) =>
      unreserved(it, towards, field),
    );
  }

  /** Whether the areas to which the obligation is confined leave a ward of a party outside. */
  inScope(
    provider: string,
    field: string,
    ward: string,
    sisters: (named: readonly string[]) => readonly string[],
  ): readonly Support[] {
    return this.ifStated<Scope>('scope', (it) =>
      concernsWard(areasFor(it, provider, field), ward, sisters),
    );
  }

  /** That no other agreement has replaced it, as far as the reader may know. */
  notReplaced(reader: Reader): readonly Support[] {
    const made = this.claimsFor.get(reader) ?? this.unclaimed(reader);
    this.claimsFor.set(reader, made);
    return made;
  }

  private unclaimed(reader: Reader): readonly Support[] {
    const streams = [...new Set(this.claims.map((it) => it.stream))].sort();
    return streams.map((agreement) => {
      const rows = this.claims.filter((it) => it.stream === agreement);
      return {
        in: { agreement },
        days: spoken(rows).map(({ from, to, content: { contents, pending } }) => ({
          from,
          to,
          content: {
            pending,
            verdicts:
              contents.length === 0
                ? certainlyHolds
                : claimed({ ...rows[0]!, contents }, this.keeper, reader),
          },
        })),
      };
    });
  }

  contents<C>(part: string, day: number): readonly C[] {
    return at(this.parts.get(part) ?? NOTHING, day).contents.flatMap((it) =>
      isTooMany(it.content as object) ? [] : [it.content as C],
    );
  }

  /** As it is shown on a day: its names, acts and who may see it. */
  record(day: number): AgreementRecord {
    const made = this.records.get(day) ?? this.recordOn(day);
    this.records.set(day, made);
    return made;
  }

  private recordOn(day: number): AgreementRecord {
    const onDay = this.rows.map((it) => ({ ...it, holds: it.from <= day && day < it.to }));
    return new AgreementRecord(
      this.id,
      onDay.filter((it) => it.holds || it.part === 'outline'),
    );
  }

  private once(name: string, make: () => readonly Support[]): readonly Support[] {
    const made = this.facts.get(name) ?? make();
    this.facts.set(name, made);
    return made;
  }

  private fact<C>(part: string, judge: (content: C) => Verdict): Support {
    return this.judged(part, (contents) => verdicts(contents as Possible<C | TooMany>, judge));
  }

  /** A part that says nothing of the obligation while nobody stated it. */
  private ifStated<C>(part: string, judge: (content: C) => Verdict): readonly Support[] {
    if (!this.parts.has(part)) return [];
    return [
      this.judged(part, (contents) =>
        contents.length === 0 ? certainlyHolds : verdicts(contents as Possible<C | TooMany>, judge),
      ),
    ];
  }

  private judged(part: string, judge: (contents: Possible<unknown>) => Verdicts): Support {
    return {
      in: { agreement: this.id },
      days: (this.parts.get(part) ?? NOTHING).map(({ from, to, content }) => ({
        from,
        to,
        content: { pending: content.pending, verdicts: judge(content.contents) },
      })),
    };
  }
}
