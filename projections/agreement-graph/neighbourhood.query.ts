import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { carrierOf, chainsFrom } from '../../src/obligations/domain/chain.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { degreeOf, neighbourRow, neighboursOf } from './neighbourhood.rows.js';
import { readNeighbourhood } from './neighbourhood.statement.js';
import type { AnswerJson } from '../answers.js';

/** 近傍: the agreements in which a party stands. The answer is the JSON text of a `NeighbourhoodAnswer`. */
export class Neighbourhood extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** A party's id. */
      readonly of: string;
      readonly field?: string;
      readonly reader: Reader;
      readonly after?: number;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(Neighbourhood)
export class NeighbourhoodHandler implements IQueryHandler<Neighbourhood> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Neighbourhood): Promise<AnswerJson> {
    const { of, field, reader, after = -1, limit = 50 } = asked;
    const key = JSON.stringify(['neighbourhood', of, field, sightOf(reader), after, limit]);
    const ledgers = ['register', 'agreement-graph', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const { pool } = this.models;
      const { state, day, incomplete } = occasion;
      const known = await occasion.parties();
      const { links } = known;
      const { found, cut } = chainsFrom(of, links);
      const chains = found.filter((it) => it.links.every((one) => !one.waits));
      const carriers = [...new Set(chains.map(carrierOf))];
      const states = { register: state('register'), graph: state('agreement-graph') };
      const read = await readNeighbourhood(pool, states, { carriers, field }, occasion);
      const near = { of, chains, cut, links, field, reader, day, incomplete };
      const all = neighboursOf(near, read);
      const rest = all.filter((it) => it.n > after);
      const page = rest.slice(0, limit);
      const names = known.names(day);
      const last = page.at(-1);
      return {
        of: names.shown(of),
        field: field ?? null,
        ...(cut ? { cut } : {}),
        degree: degreeOf(near, all),
        agreements: page.map((it) => neighbourRow(near, it, names)),
        ...(rest.length > limit && last !== undefined ? { next: last.n } : {}),
      };
    });
  }
}
