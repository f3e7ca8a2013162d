import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Pool } from 'pg';

import type { Known } from '../../projections/known.js';
import type { OneReading } from '../../projections/one-reading.js';
import { FindParty } from '../../projections/parties/find-party.query.js';
import type { FindPartyAnswer } from '../../projections/parties/party.answer.js';
import { waitUntil } from '../../projections/wait-for.js';
import { type Fault, quoted, refuse } from '../entries/domain/refusal.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import { POOL } from '../postgres/pool.token.js';
import type { CivilDate } from '../time/civil-date.js';

/** The day whose names and codes count, and what was known then. */
export interface NamesOf {
  readonly on: CivilDate;
  readonly known: Known;
  readonly reading?: OneReading;
}

type Found = FindPartyAnswer['parties'];

const PATIENCE = 2_000;

/** Who is meant by an id, a code, a name or a reading. People name parties; events hold ids. */
@Injectable()
export class ResolveParties {
  constructor(
    private readonly queries: QueryBus,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** A party's id, or the fault of the field that names it. */
  async find(text: string, field: string, names: NamesOf): Promise<string | Fault> {
    const found = await this.found(text, names);
    const [only, ...others] = found;
    const read = quoted(text);
    if (only === undefined) {
      const expected = '承認された当事者のid、全国地方公共団体コード、法人番号、名称または読み';
      return { field, code: 'party/unknown', read, expected };
    }
    if (others.length === 0) return only.id;
    const candidates = found.slice(0, 10).map(candidate);
    const expected = `次のいずれかのid: ${candidates.join('、')}`;
    return { field, code: 'party/ambiguous', read, expected };
  }

  /** @throws Refusal party/unknown, party/ambiguous */
  async get(text: string, field: string, names: NamesOf): Promise<string> {
    const found = await this.find(text, field, names);
    if (typeof found === 'string') return found;
    return found.code === 'party/unknown'
      ? refuse('unknown', found.code, `当事者「${found.read}」は登録されていません。`, found)
      : refuse('malformed', found.code, `「${found.read}」にあたる当事者が複数あります。`, found);
  }

  /** Asked again where the store has more than the ledger: a party entered just now has its name. */
  private async found(text: string, names: NamesOf): Promise<Found> {
    const first = await this.ask(text, names);
    if (first.parties.length > 0 || names.known.kind !== 'now') return first.parties;
    const head = await this.store.head();
    if (head === null || head.n <= first.known.n) return first.parties;
    await waitUntil(this.pool, ['register', 'parties'], head.n, PATIENCE);
    names.reading?.again();
    return (await this.ask(text, names)).parties;
  }

  private async ask(text: string, names: NamesOf): Promise<FindPartyAnswer> {
    const answer = await this.queries.execute(new FindParty({ text, ...names }));
    return answer.read<FindPartyAnswer>();
  }
}

/** 浜松市中央区（コード221384、id）: with its city or its prefecture, by which people tell them apart. */
function candidate({ name, code, id, whole, prefecture }: Found[number]): string {
  const above = whole?.name ?? (prefecture === name ? null : prefecture);
  const called = name === null ? '名称不明' : `${above ?? ''}${name}`;
  return `${called}（${code === null ? '' : `コード${code}、`}${id}）`;
}
