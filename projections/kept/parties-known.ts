import type { Segments } from '../../src/time/segments.js';
import type { PartyFacts } from '../obligations/party-facts.js';
import { PartyLinks } from '../obligations/party-links.js';
import { spoken, type SpanRow, type Spoken } from '../obligations/span.js';
import { PartyNames } from '../party-names.js';
import { type RecordRow, subjectOf } from '../record-row.js';
import type { RowTable } from './row-table.js';

/**
 * Everything that the parties ledger says at one n. What is made of it once serves
 * every question until a party's stream says something else.
 */
export class PartiesKnown implements PartyFacts {
  readonly links = new PartyLinks(this);
  readonly openEnded: readonly string[];
  private readonly said = new Map<string, Said>();
  private readonly found = new Map<string, readonly string[]>();

  constructor(
    private readonly table: RowTable,
    private readonly n: number,
  ) {
    this.openEnded = this.naming('openEnded').filter(
      (it) =>
        this.rows(it, 'openEnded').some(({ contents }) => contents.length > 0) &&
        this.rows(it, 'name').length > 0,
    );
  }

  days(stream: string, part: string): Segments<Spoken> | undefined {
    return this.of(stream).days(part);
  }

  naming(part: string): readonly string[] {
    const known = this.found.get(part);
    if (known !== undefined) return known;
    const found = this.table.having(part, this.n);
    // What nobody says is not remembered: anybody may ask for anything.
    if (found.length > 0) this.found.set(part, found);
    return found;
  }

  predecessors(party: string): readonly string[] {
    return this.subjects(party, 'succession');
  }

  /** Whom the parts of one kind of a stream are about: the members of a council. */
  subjects(stream: string, kind: string): readonly string[] {
    return this.of(stream).subjects(kind);
  }

  /** The rows of a part of a stream, by their days. */
  rows(stream: string, part: string): readonly SpanRow[] {
    return this.of(stream).rows(part);
  }

  /** What a part of a stream says on a day; undefined where it says nothing. */
  on(stream: string, part: string, day: number): SpanRow | undefined {
    return this.rows(stream, part).find((it) => it.from <= day && day < it.to);
  }

  /** A party and what is part of it by registration: its wards and organs. */
  withParts(id: string): readonly string[] {
    const part = `partOf:${id}`;
    const approved = this.naming(part).filter((it) =>
      this.rows(it, part).some(({ contents }) => contents.length > 0),
    );
    return [id, ...approved];
  }

  /** What parties are called on a day. */
  names(day: number): PartyNames {
    return new PartyNames((id) => this.on(id, 'name', day));
  }

  /** The name rows of a day of those parties that have one. */
  nameRows(ids: Iterable<string>, day: number): readonly RecordRow[] {
    return [...new Set(ids)].flatMap((it) => this.on(it, 'name', day) ?? []);
  }

  private of(stream: string): Said {
    const known = this.said.get(stream);
    if (known !== undefined) return known;
    const parts = this.table.stream(stream, this.n);
    if (parts.size === 0) return silent;
    const said = new Said(parts);
    this.said.set(stream, said);
    return said;
  }
}

/** What one stream says. */
class Said {
  private readonly made = new Map<string, Segments<Spoken>>();
  private readonly about = new Map<string, readonly string[]>();

  constructor(private readonly parts: ReadonlyMap<string, readonly SpanRow[]>) {}

  rows(part: string): readonly SpanRow[] {
    return this.parts.get(part) ?? NONE;
  }

  days(part: string): Segments<Spoken> | undefined {
    const rows = this.parts.get(part);
    if (rows === undefined) return undefined;
    const made = this.made.get(part) ?? spoken(rows);
    this.made.set(part, made);
    return made;
  }

  subjects(kind: string): readonly string[] {
    if (this.parts.size === 0) return [];
    const found = this.about.get(kind) ?? this.subjectsOf(`${kind}:`);
    this.about.set(kind, found);
    return found;
  }

  private subjectsOf(prefix: string): readonly string[] {
    return [...this.parts.keys()]
      .filter((it) => it.startsWith(prefix))
      .map(subjectOf)
      .sort();
  }
}

const NONE: readonly SpanRow[] = [];
const silent = new Said(new Map());
