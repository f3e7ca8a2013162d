import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import type { OnKnown } from '../questions.js';
import type { Presume } from '../presume.js';
import { presumedFacts } from '../presumed-facts.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { readTold } from '../told-facts.statement.js';
import { sightParameters, visibleTo } from '../visible.statement.js';
import { measureRow } from './measures.rows.js';
import { readRecords } from './records.statement.js';
import type { AnswerJson } from '../answers.js';

/** 取組: what is done under or beside agreements. The answer is the JSON text of a `MeasuresAnswer`. */
export class Measures extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** A party's id; its wards and organs are asked for with it. */
      readonly party?: string;
      readonly field?: string;
      readonly stage?: string;
      readonly reader: Reader;
      readonly presume?: Presume;
      readonly after?: number;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(Measures)
export class MeasuresHandler implements IQueryHandler<Measures> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Measures): Promise<AnswerJson> {
    const { party, field, stage, reader, presume = 'all', after = -1, limit = 100 } = asked;
    const key = JSON.stringify([
      'measures',
      party,
      field,
      stage,
      sightOf(reader),
      presume,
      after,
      limit,
    ]);
    const ledgers = ['register', 'measures', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const { pool } = this.models;
      const { state, incomplete } = occasion;
      const register = `${escapeIdentifier(state('register').schema)}.part_row`;
      const inField = field === undefined ? undefined : [`in:${field}`];
      const whose = party && (await occasion.parties()).withParts(party);
      const keys = whose ? whose.map((it) => `of:${it}`) : inField;
      const rows = await readTold(
        pool,
        state('measures'),
        {
          kind: 'measure',
          ...(keys === undefined ? {} : { keys }),
          ...(whose && inField ? { andKeys: inField } : {}),
          ...(stage === undefined ? {} : { saying: { said: { stage } } }),
          after,
          limit,
        },
        occasion,
        {
          sql: visibleTo(register, 'm.stream', '$3', ['$10', '$11']),
          values: sightParameters(reader),
        },
      );
      const stored = rows.slice(0, limit);
      const page = await presumedFacts(this.models, 'agreement', stored, presume, occasion);
      const streams = page.map((it) => it.stream);
      const states = { register: state('register'), measures: state('measures') };
      const records = await readRecords(pool, states, streams, reader, occasion);
      const names = (await occasion.parties()).names(occasion.day);
      const measures = page.map((it) => measureRow(it, records, names, reader, incomplete));
      const last = measures.at(-1);
      return {
        measures,
        ...(rows.length > limit && last !== undefined ? { next: last.n } : {}),
      };
    });
  }
}
