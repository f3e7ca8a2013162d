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
import { subjectOf, type RecordRow } from '../record-row.js';
import { spoken, type SpanRow, type Spoken } from '../obligations/span.js';

const NOTHING: Segments<Spoken> = spoken([]);
const holds: Verdict = { answer: 'yes', reasons: [], presumed: [] };
const certainlyHolds: Verdicts = [{ content: holds, worlds: [{}] }];

/** An agreement as its rows tell it on every day, at one n: the facts that a path may lean on. */
export class AgreementFacts {
  private readonly mine = new Map<string, SpanRow[]>();
  /** Made when first asked for: of an agreement of hundreds, a question is about a few. */
  private readonly parts = new Map<string, Segments<Spoken>>();
  private readonly records = new Map<number, AgreementRecord>();
  /** Facts that many ways lean on, made once. */
  private readonly bonds = new Map<string, Support>();
  /** By field, provider and beneficiary. */
  private readonly owing = new Map<string, Map<string, Map<string, Support>>>();
  private readonly inField = new Map<string, readonly Support[]>();
  private readonly waiting = new Map<string, boolean>();
  private readonly standing = new Map<ReadonlyMap<string, unknown>, readonly string[]>();
  private instrumentMade: Support | undefined;
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
    for (const row of rows) {
      const mine = this.mine.get(row.part);
      if (mine === undefined) this.mine.set(row.part, [row]);
      else mine.push(row);
    }
  }

  /** Everybody of those read whom an act binds, from whatever day on. */
  get bonded(): readonly string[] {
    return (this.bondedMade ??= [...this.mine.keys()]
      .filter((it) => it.startsWith('bond:'))
      .map(subjectOf)
      .sort());
  }

  /** Whom of those that somebody may stand for an act binds, from whatever day on. */
  bondedOf(carriers: ReadonlyMap<string, unknown>): readonly string[] {
    const made = this.standing.get(carriers) ?? this.bonded.filter((it) => carriers.has(it));
    this.standing.set(carriers, made);
    return made;
  }

  /** Whether any act says that it is about the field on some day. */
  mentions(field: string): boolean {
    return this.mine.has(`field:${field}`);
  }

  /** Every umbrella that any reading of any day tells of; of one act, readings may differ. */
  get ways(): Through['ways'] {
    return (this.waysMade ??= this.days('through').flatMap(({ content }) =>
      (content.contents as Possible<Through | TooMany>).flatMap((it) =>
        isTooMany(it.content) ? [] : it.content.ways,
      ),
    ));
  }

  get keeper(): string | undefined {
    return this.contents<Kept>('keeper', 0)[0]?.keeper;
  }

  bond(party: string): Support {
    const made = this.bonds.get(party) ?? this.fact<Bond>(`bond:${party}`, bonded);
    this.bonds.set(party, made);
    return made;
  }

  /** Whether only entries that wait for approval bind the party. */
  waitsFor(party: string): boolean {
    const made = this.waiting.get(party) ?? this.onlyWaitsFor(`bond:${party}`);
    this.waiting.set(party, made);
    return made;
  }

  topology(pair: Pair, field: string): Support {
    const { provider, beneficiary } = pair;
    const byProvider = this.owing.get(field) ?? new Map<string, Map<string, Support>>();
    const byBoth = byProvider.get(provider) ?? new Map<string, Support>();
    this.owing.set(field, byProvider.set(provider, byBoth));
    const judge = (it: Topology) => owed(topologyIn(it, field), pair);
    const made = byBoth.get(beneficiary) ?? this.fact<Topology>('topology', judge);
    byBoth.set(beneficiary, made);
    return made;
  }

  get instrument(): Support {
    return (this.instrumentMade ??= this.fact<Outline>('outline', instrument));
  }

  through(judge: (it: Through) => Verdict): Support {
    return this.fact<Through>('through', judge);
  }

  about(field: string): readonly Support[] {
    const made = this.inField.get(field) ?? [
      this.judged('outline', (it) => concerns(it as Possible<Outline | TooMany>, field)),
      this.judged(`field:${field}`, () => certainlyHolds),
    ];
    this.inField.set(field, made);
    return made;
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
    return at(this.days(part), day).contents.flatMap((it) =>
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
    const onDay: RecordRow[] = [];
    for (const row of this.rows) {
      const holds = row.from <= day && day < row.to;
      if (holds || row.part === 'outline') onDay.push({ ...row, holds });
    }
    return new AgreementRecord(this.id, onDay);
  }

  private onlyWaitsFor(part: string): boolean {
    return (
      this.mine.has(part) && this.days(part).every(({ content }) => content.contents.length === 0)
    );
  }

  private days(part: string): Segments<Spoken> {
    const made = this.parts.get(part) ?? this.daysMade(part);
    this.parts.set(part, made);
    return made;
  }

  private daysMade(part: string): Segments<Spoken> {
    const mine = this.mine.get(part);
    return mine === undefined ? NOTHING : spoken(mine);
  }

  private fact<C>(part: string, judge: (content: C) => Verdict): Support {
    return this.judged(part, (contents) => verdicts(contents as Possible<C | TooMany>, judge));
  }

  /** A part that says nothing of the obligation while nobody stated it. */
  private ifStated<C>(part: string, judge: (content: C) => Verdict): readonly Support[] {
    if (!this.mine.has(part)) return [];
    return [
      this.judged(part, (contents) =>
        contents.length === 0 ? certainlyHolds : verdicts(contents as Possible<C | TooMany>, judge),
      ),
    ];
  }

  private judged(part: string, judge: (contents: Possible<unknown>) => Verdicts): Support {
    return {
      in: { agreement: this.id },
      days: this.days(part).map(({ from, to, content }) => ({
        from,
        to,
        content: { pending: content.pending, verdicts: judge(content.contents) },
      })),
    };
  }
}
