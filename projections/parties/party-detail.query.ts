import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { refuse } from '../../src/entries/domain/refusal.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { subjectOf } from '../record-row.js';
import { namesOfDay, namesToShow, wholesOf } from './names-of-day.js';
import { eventsBehind, partyDetail } from './party-detail.js';
import { readActsNamed, readPartyRows } from './party-detail.statement.js';
import { attendeesIn } from './party-said.js';
import { successorsOfDay } from './successors.js';
import type { AnswerJson } from '../answers.js';

/** 一つの団体, on a day and through time. The answer is the JSON text of a `PartyDetailAnswer`. */
export class PartyDetail extends Query<AnswerJson> {
  constructor(readonly asked: OnKnown & { readonly id: string }) {
    super();
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@QueryHandler(PartyDetail)
export class PartyDetailHandler implements IQueryHandler<PartyDetail> {
  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal `party/unknown` */
  async execute({ asked }: PartyDetail): Promise<AnswerJson> {
    const { id } = asked;
    if (!UUID.test(id)) return unknown(id);
    const key = JSON.stringify(['party-detail', id]);
    const ledgers = ['register', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const { state, day, n, incomplete } = occasion;
      const { pool, names: streams } = this.models;
      const states = { parties: state('parties'), register: state('register') };
      const name = streams.nameOf({ kind: 'party', id });
      const { own, others, revision } = await readPartyRows(pool, states, { id, name }, { day, n });
      if (revision === undefined) return unknown(id);
      const events = await this.models.streams.upTo('party', id, n, revision);
      const known = await occasion.parties();
      const parts = others.filter((it) => it.part.startsWith('partOf:')).map((it) => it.stream);
      const named = own.filter((it) => /^(?:member|succession):/.test(it.part));
      const today = namesOfDay(
        known,
        [
          ...named.map((it) => subjectOf(it.part)),
          ...others.map((it) => it.stream),
          ...wholesOf(own.filter((it) => it.part === 'name')),
          ...attendeesIn(events),
          id,
        ],
        day,
      );
      const names = namesToShow(known, today);
      const acts = await readActsNamed(pool, states.parties, eventsBehind(others), n);
      const successorsOfParts = successorsOfDay(known, parts, day);
      const read = { own, others, revision, acts, today, names, successorsOfParts };
      return partyDetail(id, read, events, incomplete);
    });
  }
}

function unknown(id: string): never {
  return refuse('unknown', 'party/unknown', 'その当事者は登録されていません。', {
    field: 'id',
    code: 'party/unknown',
    read: id.slice(0, 80),
    expected: '登録された当事者のid',
  });
}
