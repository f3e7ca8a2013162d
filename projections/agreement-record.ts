import type { Bond } from '../src/agreements/domain/bond.js';
import type { Contact, Counts, Offered, Terms, Through } from '../src/agreements/domain/details.js';
import type { AgreementOnDay } from '../src/agreements/domain/obligation.js';
import type { Outline } from '../src/agreements/domain/outline.js';
import type { Service } from '../src/agreements/domain/service.js';
import type { Topology } from '../src/agreements/domain/topology.js';
import { isTooMany, type Possible, type TooMany } from '../src/time/possibility.js';
import type { ActOnRecord } from './act-rows.js';
import { undecided, type Disclosure } from './disclosure.js';
import type { Kept } from './keeper-row.js';
import { subjectOf, type RecordRow } from './record-row.js';

/** An agreement as its rows tell it on one day, at one n. */
export class AgreementRecord implements AgreementOnDay {
  private readonly parts = new Map<string, RecordRow>();
  /** Rows by what comes before the colon of their part, made when first asked for. */
  private kinds: ReadonlyMap<string, readonly RecordRow[]> | undefined;
  private actsMade: AgreementRecord['acts'] | undefined;
  private bondedMade: readonly string[] | undefined;
  /** Whether any entry that waits for approval would change a part. */
  readonly waits: boolean;

  constructor(
    readonly id: string,
    private readonly rows: readonly RecordRow[],
    /** Rows of other agreements' streams that say they replace this one. */
    readonly claims: readonly RecordRow[] = [],
  ) {
    let waits = false;
    for (const it of rows) {
      if (!it.holds) continue;
      this.parts.set(it.part, it);
      waits ||= it.pending.length > 0;
    }
    this.waits = waits;
  }

  get outline(): Possible<Outline | TooMany> {
    return this.contents<Outline>('outline');
  }

  get topology(): Possible<Topology | TooMany> {
    return this.contents<Topology>('topology');
  }

  get service(): Possible<Service | TooMany> {
    return this.contents<Service>('service');
  }

  get through(): Possible<Through | TooMany> {
    return this.contents<Through>('through');
  }

  bond(party: string): Possible<Bond | TooMany> {
    return this.contents<Bond>(`bond:${party}`);
  }

  /** Everybody whom an act binds, from whatever day on. */
  get bonded(): readonly string[] {
    return (this.bondedMade ??= this.of('bond').map((it) => subjectOf(it.part)));
  }

  get keeper(): string | undefined {
    return this.one<Kept>('keeper')?.keeper;
  }

  get disclosure(): Disclosure {
    return this.one<Disclosure>('disclosure') ?? undecided;
  }

  act(event: string): ActOnRecord | undefined {
    return this.one<ActOnRecord>(`act:${event}`);
  }

  /** In the order in which they were recorded. */
  get acts(): readonly (readonly [event: string, act: ActOnRecord])[] {
    return (this.actsMade ??= this.of('act')
      .flatMap(({ part, contents }) => {
        const [only] = contents;
        return only === undefined ? [] : [[subjectOf(part), only.content as ActOnRecord] as const];
      })
      .sort(([, a], [, b]) => a.n - b.n));
  }

  counts(party: string): Counts['claims'] {
    return this.one<Counts>(`count:${party}`)?.claims ?? [];
  }

  /** What a provider asks and grants in a field: terms of that field, else those of all fields. */
  terms(provider: string, field: string): Possible<Terms | TooMany> {
    const own = this.contents<Terms>(`terms:${provider}:${field}`);
    const says = own.some(({ content }) => isTooMany(content) || content.stated !== null);
    return says ? own : this.contents<Terms>(`terms:${provider}`);
  }

  /** Whom to ask, as stated for each body. */
  get contacts(): readonly NonNullable<Contact['stated']>[] {
    return this.of('contact').flatMap(({ contents }) =>
      contents.flatMap(({ content }) => (content as Contact).stated ?? []),
    );
  }

  /** Facilities of a party that are on offer for certain on the day. */
  onOffer(by: string): readonly string[] {
    return this.of('facility').flatMap(({ part, contents }) => {
      const offers = contents.map(({ content }) => content as Offered);
      const certain = offers.every(
        (it) => it.state === 'offered' && it.by.every((one) => this.isBy(one, by)),
      );
      return offers.length > 0 && certain ? [subjectOf(part)] : [];
    });
  }

  offered(by: string): number {
    return this.onOffer(by).length;
  }

  /** Whether a party ever offers a facility, on whatever day. */
  offers(by: string): boolean {
    return this.acts.some(
      ([event, { type }]) => type === 'FacilityOffered' && this.isBy(event, by),
    );
  }

  private isBy(event: string, provider: string): boolean {
    return this.act(event)?.provider === provider;
  }

  /** What it is called on the day; before its outline begins, what it will first be called. */
  get named(): Pick<Outline, 'title' | 'kind'> {
    const outlines = this.rows.filter((it) => it.part === 'outline');
    for (const row of [...outlines.filter((it) => it.holds), ...outlines]) {
      for (const { content } of row.contents) {
        if (!isTooMany(content as object) && (content as Outline).title !== undefined) {
          return content as Outline;
        }
      }
    }
    return {};
  }

  /** Every possible content of a part by its name; none where no act speaks of it. */
  possible<C>(part: string): Possible<C | TooMany> {
    return this.contents<C>(part);
  }

  /** Entries that wait for approval and would change one of the parts. */
  pending(...parts: readonly string[]): readonly string[] {
    const found = new Set<string>();
    for (const it of parts) for (const id of this.parts.get(it)?.pending ?? []) found.add(id);
    return [...found];
  }

  private of(kind: string): readonly RecordRow[] {
    this.kinds ??= byKind(this.parts.values());
    return this.kinds.get(kind) ?? [];
  }

  private contents<C>(part: string): Possible<C | TooMany> {
    return (this.parts.get(part)?.contents ?? []) as Possible<C | TooMany>;
  }

  private one<C>(part: string): C | undefined {
    return this.parts.get(part)?.contents[0]?.content as C | undefined;
  }
}

function byKind(rows: Iterable<RecordRow>): ReadonlyMap<string, readonly RecordRow[]> {
  const kinds = new Map<string, RecordRow[]>();
  for (const row of rows) {
    const colon = row.part.indexOf(':');
    if (colon === -1) continue;
    const kind = row.part.slice(0, colon);
    const mine = kinds.get(kind);
    if (mine === undefined) kinds.set(kind, [row]);
    else mine.push(row);
  }
  return kinds;
}
