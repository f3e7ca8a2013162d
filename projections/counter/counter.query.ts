import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Scope } from '../../src/agreements/domain/scope.js';
import { isTooMany } from '../../src/time/possibility.js';
import { coverageOf } from '../bound/coverage.js';
import { FacilityRecord } from '../facilities/facility-record.js';
import type { Occasion, OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf } from '../reader.js';
import { byStream } from '../record-row.js';
import { bodiesAround } from './around.js';
import { tiesOf, type Asked } from './asked.js';
import { counterRows } from './counter.rows.js';
import { readOffered } from './counter.statement.js';
import { homesOnly } from './homes.js';
import { KeptAgreements } from './kept-agreements.js';
import { StandIns } from './stand-ins.js';
import type { UseRecord } from './use-record.js';
import type { AnswerJson } from '../answers.js';

/** 窓口: what may this person use where, on a day? The answer is JSON text. */
export class Counter extends Query<AnswerJson> {
  constructor(readonly asked: OnKnown & Asked) {
    super();
  }
}

const ledgers = ['agreement-graph', 'counter', 'parties', 'facilities'];

/** Answers with the text of a `CounterAnswer`. */
@QueryHandler(Counter)
export class CounterHandler implements IQueryHandler<Counter> {
  private readonly agreements: KeptAgreements;

  constructor(private readonly models: ReadModels) {
    this.agreements = new KeptAgreements(models.pool, models.log);
  }

  execute({ asked }: Counter): Promise<AnswerJson> {
    const { person, purpose, partner, after, limit, every, reader } = asked;
    const page = [after, limit, every];
    const key = JSON.stringify(['counter', person, purpose, partner, page, sightOf(reader)]);
    return this.models.questions.text(asked, ledgers, key, (occasion) =>
      this.answer(asked, occasion),
    );
  }

  private async answer(asked: Asked, occasion: Occasion): Promise<object> {
    const ledgers = {
      register: occasion.state('register'),
      graph: occasion.state('agreement-graph'),
      counter: occasion.state('counter'),
    };
    const { person, purpose, partner, reader } = asked;
    const { day, n, incomplete } = occasion;
    const parties = await occasion.parties();
    const named = [...new Set(Object.values(person))];
    const of = partner === undefined ? named : [...named, partner];
    homesOnly(person, parties, day);
    const { ties, cut } = tiesOf(person, parties.links);
    const hers = ties.map((it) => it.body);
    const among = { bodies: [...new Set(hers)], field: purpose.field };
    const records = await this.agreements.among(ledgers, among, n);
    const ids = [...of, ...hers, ...records.flatMap((it) => partiesOf(it, day))];
    const around = bodiesAround(parties, { ids, field: purpose.field, home: named[0], day });
    const offered = await this.offered(records, occasion);
    const telling = {
      day,
      purpose,
      called: purpose.kind?.name ?? purpose.field,
      reader,
      names: parties.names(day),
      parties,
      around,
      standIns: new StandIns(parties, around, day),
      coverage: (body: string) => coverageOf(parties.rows(body, `coverage:${purpose.field}`)),
      incomplete,
      facility: (id: string) => offered.get(id),
    };
    return counterRows(asked, { ties, cut, records }, telling);
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
