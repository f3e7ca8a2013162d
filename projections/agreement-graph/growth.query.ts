import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { dayNumber } from '../../src/time/civil-date.js';
import { rangeOf } from '../../src/time/day-range.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import type { GrowthAnswer, GrowthYear } from './growth.answer.js';
import { readGrowth, type GrowthRead } from './growth.statement.js';
import type { AnswerJson } from '../answers.js';

/** 増え方: agreements by year. The answer is the JSON text of a `GrowthAnswer`. */
export class Growth extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** A party's id: agreements that name it, its wards or its organs. */
      readonly of?: string;
      readonly field?: string;
      /** Years, first and last included. */
      readonly from: number;
      readonly to: number;
      readonly reader: Reader;
    },
  ) {
    super();
  }
}

@QueryHandler(Growth)
export class GrowthHandler implements IQueryHandler<Growth> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Growth): Promise<AnswerJson> {
    const { of, field, from, to, reader } = asked;
    const key = JSON.stringify(['growth', of, field, from, to, sightOf(reader)]);
    const ledgers = ['register', 'agreement-graph', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const { pool } = this.models;
      const { state, parties } = occasion;
      const states = { register: state('register'), graph: state('agreement-graph') };
      const known = await parties();
      const whose = of === undefined ? undefined : known.withParts(of);
      const read = await readGrowth(pool, states, { field, whose, reader }, { from, to }, occasion);
      const { years, undated } = byYear(read);
      return {
        of: of === undefined ? null : known.names(occasion.day).shown(of),
        field: field ?? null,
        years,
        undated: { concluded: undated, ended: read.endedUndated },
        practices: read.practices,
      } satisfies Omit<GrowthAnswer, 'on' | 'known' | 'folds' | 'incomplete'>;
    });
  }
}

/** A conclusion lies in a year for certain, or in any of several; one without a day in none. */
function byYear({ years, concluded }: GrowthRead) {
  const dated = concluded.map(({ acted, count }) => ({
    count,
    range: acted === null ? undefined : rangeOf(acted),
  }));
  const known = dated.flatMap(({ count, range }) =>
    range === undefined || (range.from === -Infinity && range.to === Infinity)
      ? []
      : [{ count, range }],
  );
  const sum = (all: readonly { readonly count: number }[]) =>
    all.reduce((total, it) => total + it.count, 0);
  return {
    undated: sum(concluded) - sum(known),
    years: years.map((it): GrowthYear => {
      const [first, last] = [dayNumber(it.year, 1, 1), dayNumber(it.year, 12, 31)];
      return {
        year: it.year,
        concluded: {
          certain: sum(known.filter(({ range }) => first <= range.from && range.to <= last)),
          possible: sum(known.filter(({ range }) => first <= range.to && range.from <= last)),
        },
        ended: { certain: it.ended, possible: it.maybeEnded },
        inForce: { certain: it.inForce, possible: it.maybeInForce },
        parties: { certain: it.parties, possible: it.maybeParties },
      };
    }),
  };
}
