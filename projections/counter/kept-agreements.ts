import { getHeapStatistics } from 'node:v8';

import type { Pool } from 'pg';

import type { ChangeLog } from '../kept/change-log.js';
import { KeptRows } from '../kept/kept-rows.js';
import { LeastLatelyUsed } from '../kept/least-lately-used.js';
import type { Disclosure } from '../disclosure.js';
import type { SpanRow } from '../obligations/span.js';
import { type BoundIn, readBoundIn, readEverBound } from './bound-in.statement.js';
import { UseRecord } from './use-record.js';
import { UseRows } from './use-rows.js';
import { readUseRows, type UseLedgers } from './use-rows.statement.js';

/** Of JSON text; in memory an agreement's rows take some ten bytes for each. */
const MOST_CHARACTERS = getHeapStatistics().heap_size_limit / 128;
/** Places of agreements in lists. */
const MOST_LISTED = 1_000_000;

/** What was read at `since`, and was not forgotten: as it is at every n from there on. */
interface Since<T> {
  readonly since: number;
  readonly value: T;
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
  private readonly held = new LeastLatelyUsed<Since<UseRows>>(MOST_CHARACTERS);
  private readonly lists = new LeastLatelyUsed<Since<BoundIn>>(MOST_LISTED);
  /** Every claim of an agreement to replace another one: few do. */
  private readonly claims: KeptRows;
  /** The n up to which what changed is forgotten, and the versions of the ledgers. */
  private point = { n: -1, versions: '' };
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
    await this.upTo(head, ledgers);
    const streams = await this.standing(ledgers, asked, n);
    const claims = await this.claims.upTo(n, ledgers.register, ledgers.graph);
    const claimsOn = (id: string) =>
      claims.having(`supersedes:${id}`, n).flatMap((it) => claims.rows(it, `supersedes:${id}`, n));
    const claimants = streams.flatMap(claimsOn).map((it) => it.stream);
    const then = await this.read(ledgers, streams, n);
    const now = n === head ? then : await this.read(ledgers, streams, head);
    const others = await this.read(ledgers, [...new Set(claimants)], head);
    return streams.flatMap((id) => {
      const it = then.get(id);
      if (it === undefined) return [];
      const said = claimsOn(id);
      if (now.get(id) === it && said.length === 0) return new UseRecord(id, it);
      const disclosed = said.map((row) => ({
        ...row,
        disclosed: isDisclosed(others.get(row.stream)),
      }));
      const own = it.rows.filter((row) => row.part !== 'disclosure');
      const rows = new UseRows([...own, ...disclosureIn(now.get(id))], disclosed);
      return new UseRecord(id, rows);
    });
  }

  private async upTo(n: number, ledgers: UseLedgers): Promise<void> {
    const versions = `${ledgers.graph.version} ${ledgers.counter.version}`;
    while (versions !== this.point.versions || n > this.point.n) {
      this.forgetting = this.forgetting
        .catch(() => undefined)
        .then(() => this.forget({ n, versions }, ledgers));
      await this.forgetting;
    }
  }

  private async forget(
    point: KeptAgreements['point'],
    { register, graph }: UseLedgers,
  ): Promise<void> {
    const { n, versions } = this.point;
    if (versions === point.versions && point.n <= n) return;
    const known = versions === point.versions;
    const changed = known ? await this.log.between(register, n, point.n) : undefined;
    if (changed === undefined) {
      this.held.clear();
      this.lists.clear();
    } else {
      const ids = changed.filter(({ kind }) => kind === 'agreement').map(({ id }) => id);
      for (const it of ids) this.held.delete(it);
      const bodies = ids.length === 0 ? [] : await readEverBound(this.pool, graph, ids);
      for (const it of bodies) this.lists.delete(it);
    }
    this.point = point;
  }

  /** The agreements, in the order of their ids. */
  private async standing(
    { graph }: UseLedgers,
    { bodies, field }: Among,
    n: number,
  ): Promise<readonly string[]> {
    const { point } = this;
    const found: BoundIn[] = [];
    const missing: string[] = [];
    for (const it of bodies) {
      const list = this.lists.get(it);
      if (list !== undefined && list.since <= n) found.push(list.value);
      else missing.push(it);
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
    ledgers: UseLedgers,
    streams: readonly string[],
    n: number,
  ): Promise<ReadonlyMap<string, UseRows>> {
    const { point } = this;
    const found = new Map<string, UseRows>();
    const missing: string[] = [];
    for (const id of streams) {
      const held = this.held.get(id);
      if (held !== undefined && held.since <= n) found.set(id, held.value);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    for (const [id, { rows, characters }] of await readUseRows(this.pool, ledgers, missing, n)) {
      found.set(id, rows);
      if (this.isStill(point, n)) this.held.set(id, { since: n, value: rows }, characters);
    }
    return found;
  }

  /** Whether what was read at n is the newest, and nothing was forgotten while it was read. */
  private isStill(point: KeptAgreements['point'], n: number): boolean {
    return point === this.point && point.n === n;
  }
}

function disclosureIn(held: UseRows | undefined): readonly SpanRow[] {
  return (held?.rows ?? []).filter(({ part }) => part === 'disclosure');
}

function isDisclosed(held: UseRows | undefined): boolean {
  return disclosureIn(held).some(({ contents }) =>
    contents.some(({ content }) => (content as Disclosure).disclosed),
  );
}
