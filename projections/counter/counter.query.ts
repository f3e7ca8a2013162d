import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Scope } from '../../src/agreements/domain/scope.js';
import { isTooMany } from '../../src/time/possibility.js';
import { asOfDay } from '../as-of-day.js';
import { FacilityRecord } from '../facilities/facility-record.js';
import { factsOf } from '../obligations/party-facts.js';
import { PartyLinks } from '../obligations/party-links.js';
import { readPartyRows } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import { PartyNames } from '../party-names.js';
import type { Occasion, OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf } from '../reader.js';
import { byStream } from '../record-row.js';
import { tiesOf, type Asked } from './asked.js';
import { counterRows } from './counter.rows.js';
import { covering } from './covering.js';
import { readAgreements, readBodies, readOffered } from './counter.statement.js';
import { homesOnly } from './homes.js';
import { StandIns } from './stand-ins.js';
import { useRecords, type UseRecord } from './use-record.js';

/** 窓口: what may this person use where, on a day? The answer is JSON text. */
export class Counter extends Query<string> {
  constructor(readonly asked: OnKnown & Asked) {
    super();
  }
}

const ledgers = ['agreement-graph', 'counter', 'parties', 'facilities'];

/** Answers with the text of a `CounterAnswer`. */
@QueryHandler(Counter)
export class CounterHandler implements IQueryHandler<Counter> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Counter): Promise<string> {
    const { person, purpose, partner, after, limit, reader } = asked;
    const page = [after, limit];
    const key = JSON.stringify(['counter', person, purpose, partner, page, sightOf(reader)]);
    return this.models.questions.text(asked, ledgers, key, (occasion) =>
      this.answer(asked, occasion),
    );
  }

  private async answer(asked: Asked, occasion: Occasion): Promise<object> {
    const states = {
      graph: occasion.state('agreement-graph'),
      counter: occasion.state('counter'),
      parties: occasion.state('parties'),
    };
    const { pool } = this.models;
    const { person, purpose, partner, reader } = asked;
    const { day, n, incomplete } = occasion;
    const named = [...new Set(Object.values(person))];
    const of = partner === undefined ? named : [...named, partner];
    const chains = await readPartyRows(pool, states.parties, of, n);
    homesOnly(person, chains.rows, day);
    const reached = new PartyLinks(factsOf(chains.rows, chains.openEnded));
    const hers = tiesOf(person, reached).ties.map((it) => it.body);
    const question = { bodies: [...new Set(hers)], field: purpose.field };
    const records = useRecords(await readAgreements(pool, states, question, occasion));
    const parties = [...of, ...hers, ...records.flatMap((it) => partiesOf(it, day))];
    const asking = {
      ids: [...new Set(parties)],
      field: purpose.field,
      home: named[0] ?? null,
    };
    const { rows: bodies, crowded } = await readBodies(pool, states, asking, occasion);
    const offered = await this.offered(records, occasion);
    const links = new PartyLinks(factsOf(together(chains.rows, bodies), chains.openEnded));
    const telling = {
      day,
      purpose,
      called: purpose.kind?.name ?? purpose.field,
      reader,
      names: PartyNames.of(asOfDay(bodies, day)),
      links,
      standIns: new StandIns(bodies, day, links, {
        besides: covering(bodies, purpose.field, day),
        unnamed: new Set([...chains.openEnded, ...crowded]),
      }),
      incomplete,
      facility: (id: string) => offered.get(id),
    };
    return counterRows(asked, { ...tiesOf(person, links), records, bodies }, telling);
  }

  /** What the register knows of the facilities that the agreements offer on the day. */
  private async offered(
    records: readonly UseRecord[],
    occasion: Occasion,
  ): Promise<ReadonlyMap<string, FacilityRecord>> {
    const ids = records.flatMap((record) => {
      const agreement = record.on(occasion.day);
      return agreement.bonded.flatMap((it) => agreement.onOffer(it));
    });
    if (ids.length === 0) return new Map();
    const rows = await readOffered(this.models.pool, occasion.state('facilities'), ids, occasion);
    return new Map([...byStream(rows)].map(([id, mine]) => [id, new FacilityRecord(id, mine)]));
  }
}

/** Each row once, whichever statement read it. */
function together(...read: readonly (readonly SpanRow[])[]): readonly SpanRow[] {
  return [...new Map(read.flat().map((it) => [`${it.stream} ${it.part} ${it.from}`, it])).values()];
}

/** Everybody whom an agreement's row may have to name: its parties, its keeper, stated contacts. */
function partiesOf(record: UseRecord, day: number): readonly string[] {
  const agreement = record.on(day);
  const { bonded, contacts, keeper } = agreement;
  const ways = agreement.through.flatMap(({ content }) => (isTooMany(content) ? [] : content.ways));
  const scopes = agreement
    .possible<Scope>('scope')
    .flatMap(({ content }) => (isTooMany(content) ? [] : content.areas));
  return [
    ...ways.flatMap(({ pairs }) => pairs.map((it) => it.provider)),
    ...scopes.flatMap((it) => it.wards ?? []),
    ...bonded,
    ...contacts.map((it) => it.body),
    ...(keeper === undefined ? [] : [keeper]),
  ];
}
