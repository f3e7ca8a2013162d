import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { readRecords } from '../measures/records.statement.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { bodiesOf, seesWithheld, sightOf, type Reader } from '../reader.js';
import { readTold } from '../told-facts.statement.js';
import { countRow, proposalRow, statesOf, withoutWithheld } from './proposals.rows.js';
import { disclosedProposal, openTotal, readDisclosures } from './visible-proposal.statement.js';
import type { AnswerJson } from '../answers.js';

/** 提案: by who received them, or who made them. The answer is the JSON text of a `ProposalsAnswer`. */
export class Proposals extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** Parties' ids. */
      readonly receiver?: string;
      readonly proposer?: string;
      readonly reader: Reader;
      readonly after?: number;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(Proposals)
export class ProposalsHandler implements IQueryHandler<Proposals> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Proposals): Promise<AnswerJson> {
    const { receiver, proposer, reader, after = -1, limit = 100 } = asked;
    const key = JSON.stringify(['proposals', receiver, proposer, sightOf(reader), after, limit]);
    const ledgers = ['register', 'measures', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const { pool } = this.models;
      const { state, incomplete } = occasion;
      const bodies = [...bodiesOf(reader)].sort();
      const of = receiver === undefined ? undefined : [`of:${receiver}`];
      const by = proposer === undefined ? undefined : [`by:${proposer}`];
      const keys = of ?? by;
      const found = await readTold(
        pool,
        state('measures'),
        {
          kind: 'proposal',
          ...(keys === undefined ? {} : { keys }),
          ...(of && by ? { andKeys: by } : {}),
          after,
          limit,
        },
        occasion,
        { sql: disclosedProposal(state('measures')), values: [bodies] },
      );
      const page = found.slice(0, limit);
      const counted =
        proposer !== undefined || after >= 0
          ? []
          : await readTold(
              pool,
              state('measures'),
              { kind: 'count', ...(of === undefined ? {} : { keys: of }), limit: 1000 },
              occasion,
              { sql: openTotal(state('measures')), values: [bodies] },
            );
      const states = page.flatMap(statesOf);
      const led = states.flatMap((it) => it.agreement ?? []);
      const records = await readRecords(
        pool,
        { register: state('register'), measures: state('measures') },
        led,
        reader,
        occasion,
      );
      const names = (await occasion.parties()).names(occasion.day);
      const streams = page.map((it) => it.stream);
      const disclosure = await readDisclosures(pool, state('measures'), streams);
      const proposals = page.map((it) => {
        const row = proposalRow(it, records, names, reader, incomplete);
        return seesWithheld(reader, row.receiver?.id)
          ? row
          : withoutWithheld(row, disclosure(it.stream).withheld);
      });
      const last = proposals.at(-1);
      return {
        counts: counted.map((it) => countRow(it, names, incomplete)),
        proposals,
        ...(found.length > limit && last !== undefined ? { next: last.n } : {}),
      };
    });
  }
}
