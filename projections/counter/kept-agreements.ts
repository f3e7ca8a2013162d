import type { Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import { byStream } from '../record-row.js';
import type { ChangeLog } from '../kept/change-log.js';
import { KeptRows } from '../kept/kept-rows.js';
import { LeastLatelyUsed } from '../kept/least-lately-used.js';
import { sameItems } from '../../src/entries/domain/stream-memory.js';
import type { Disclosure } from '../disclosure.js';
import type { SpanRow } from '../obligations/span.js';
import { type BoundIn, readBoundIn, readEverBound } from './bound-in.statement.js';
import { packed, unpacked } from './packed-rows.js';
import { UseRecord } from './use-record.js';
import { UseRows } from './use-rows.js';
import { readDisclosures, readUseRows, type UseLedgers } from './use-rows.statement.js';

/** Of packed rows. */
const MOST_BYTES = 128 * 1024 * 1024;
/** What an agreement takes beside its packed rows. */
const OF_AN_AGREEMENT = 200;
/** Places of agreements in lists. */
const MOST_LISTED = 1_000_000;

/** What was read at `since`, and was not forgotten: as it is at every n from there on. */
interface Since<T> {
  readonly since: number;
  readonly value: T;
}

/** The n up to which what changed is forgotten, and the editions of the ledgers. */
interface Point {
  readonly n: number;
  readonly edition: string;
}

export interface Among {
  readonly bodies: readonly string[];
  readonly field: string;
}

/**
 * Agreements as they were read last, and who stands in which: a question reads mostly what one before it
 * read. What changes is forgotten, and read again when it is asked for.
 */
export class KeptAgreements {
  private readonly held = new LeastLatelyUsed<Since<Buffer>>(MOST_BYTES);
  private readonly lists = new LeastLatelyUsed<Since<BoundIn>>(MOST_LISTED);
  /** Every claim of an agreement to replace another one: few do. */
  private readonly claims: KeptRows;
  private point: Point = { n: -1, edition: '' };
  private forgetting: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    private readonly log: ChangeLog,
  ) {
    this.claims = new KeptRows(pool, log, {
      name: 'claims',
      streams: 'agreement',
      rows: `r.part >= 'supersedes:' and r.part < 'supersedes;'`,
    });
  }

  /**
   * Every agreement in the field in which one of the bodies stands on any day, as known at n, in the
   * order of their ids; with what claims to replace it. Disclosure is that of the head: who may see is
   * decided when he asks.
   */
  async among(ledgers: UseLedgers, asked: Among, n: number): Promise<readonly UseRecord[]> {
    const head = Math.min(ledgers.register.n, ledgers.graph.n, ledgers.counter.n);
    const point = await this.upTo(head, ledgers);
    const streams = await this.standing(point, ledgers, asked, n);
    const claims = await this.claims.upTo(n, ledgers.register, ledgers.graph);
    const claimsOn = (id: string) =>
      claims.having(`supersedes:${id}`, n).flatMap((it) => claims.rows(it, `supersedes:${id}`, n));
    const claimants = streams.flatMap(claimsOn).map((it) => it.stream);
    const then = await this.read(point, ledgers, streams, n);
    const known = n === head ? then : new Map<string, UseRows>();
    const asOf = { head, streams: [...streams, ...claimants], known };
    const disclosed = await this.disclosures(point, ledgers, asOf);
    return streams.flatMap((id) => {
      const it = then.get(id);
      if (it === undefined) return [];
      const said = claimsOn(id);
      const disclosure = disclosed(id);
      if (said.length === 0 && sameItems(it.disclosure, disclosure)) return new UseRecord(id, it);
      const claiming = said.map((row) => ({
        ...row,
        disclosed: isDisclosed(disclosed(row.stream)),
      }));
      const own = it.rows.filter((row) => row.part !== 'disclosure');
      return new UseRecord(id, new UseRows([...own, ...disclosure], claiming));
    });
  }

  /** Who may see: as the graph says at its own head, however far the other ledgers are. */
  private async disclosures(
    point: Point,
    ledgers: UseLedgers,
    of: {
      readonly head: number;
      readonly streams: readonly string[];
      /** Those that were read at the head already. */
      readonly known: ReadonlyMap<string, UseRows>;
    },
  ): Promise<(stream: string) => readonly SpanRow[]> {
    const streams = [...new Set(of.streams)];
    if (ledgers.graph.n > of.head) {
      const rows = byStream(await readDisclosures(this.pool, ledgers.graph, streams));
      return (it) => (rows.get(it) ?? []) as readonly SpanRow[];
    }
    const others = streams.filter((it) => !of.known.has(it));
    const read = await this.read(point, ledgers, others, of.head);
    return (it) => (of.known.get(it) ?? read.get(it))?.disclosure ?? [];
  }

  /** @returns the point to which what is kept has come: whoever goes on with another one keeps nothing */
  private async upTo(n: number, { register, graph, counter }: UseLedgers): Promise<Point> {
    const edition = `${graph.edition} ${counter.edition}`;
    while (edition !== this.point.edition || n > this.point.n) {
      this.forgetting = this.forgetting
        .catch(() => undefined)
        .then(() => this.forget({ n, edition }, register, graph));
      await this.forgetting;
    }
    return this.point;
  }

  private async forget(point: Point, register: LedgerState, graph: LedgerState): Promise<void> {
    const { n, edition } = this.point;
    if (edition === point.edition && point.n <= n) return;
    const known = edition === point.edition;
    const changed = known ? await this.log.between(register, n, point.n) : undefined;
    if (changed === undefined) await this.log.follow(register);
    const ids = changed?.filter(({ kind }) => kind === 'agreement').map(({ id }) => id) ?? [];
    const bodies = ids.length === 0 ? [] : await readEverBound(this.pool, graph, ids);
    // All at once: what is read meanwhile is kept for the point that it was read at.
    if (changed === undefined) {
      this.held.clear();
      this.lists.clear();
    }
    for (const it of ids) this.held.delete(it);
    for (const it of bodies) this.lists.delete(it);
    this.point = point;
  }

  /** The agreements, in the order of their ids. */
  private async standing(
    point: Point,
    { graph }: UseLedgers,
    { bodies, field }: Among,
    n: number,
  ): Promise<readonly string[]> {
    const found: BoundIn[] = [];
    const missing: string[] = [];
    for (const it of bodies) {
      const list = this.keptAt(point, n, this.lists.get(it));
      if (list === undefined) missing.push(it);
      else found.push(list);
    }
    const read = missing.length === 0 ? [] : await readBoundIn(this.pool, graph, missing, n);
    for (const [body, list] of read) {
      found.push(list);
      const places = [...list.values()].reduce((sum, it) => sum + it.length, 1);
      if (this.isStill(point, n)) this.lists.set(body, { since: n, value: list }, places);
    }
    return [...new Set(found.flatMap((it) => it.get(field) ?? []))].sort();
  }

  private async read(
    point: Point,
    ledgers: UseLedgers,
    streams: readonly string[],
    n: number,
  ): Promise<ReadonlyMap<string, UseRows>> {
    const found = new Map<string, UseRows>();
    const missing: string[] = [];
    for (const id of streams) {
      const bytes = this.keptAt(point, n, this.held.get(id));
      if (bytes === undefined) missing.push(id);
      else found.set(id, new UseRows(unpacked(id, bytes)));
    }
    if (missing.length === 0) return found;
    for (const [id, rows] of await readUseRows(this.pool, ledgers, missing, n)) {
      found.set(id, new UseRows(rows));
      if (!this.isStill(point, n)) continue;
      const bytes = packed(rows);
      this.held.set(id, { since: n, value: bytes }, bytes.length + OF_AN_AGREEMENT);
    }
    return found;
  }

  /** What was kept of the edition of the point, and is as it was at n. */
  private keptAt<T>(point: Point, n: number, kept: Since<T> | undefined): T | undefined {
    const mine = this.point.edition === point.edition && kept !== undefined && kept.since <= n;
    return mine ? kept.value : undefined;
  }

  /** Whether what was read at n is the newest, and nothing was forgotten while it was read. */
  private isStill(point: Point, n: number): boolean {
    return point === this.point && point.n === n;
  }
}

function isDisclosed(disclosure: readonly SpanRow[]): boolean {
  return disclosure.some(({ contents }) =>
    contents.some(({ content }) => (content as Disclosure).disclosed),
  );
}
