import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { ReadModels } from '../read-models.js';
import type { Presume } from '../presume.js';
import type { OnKnown } from '../questions.js';
import { sightOf, type Reader } from '../reader.js';
import { mutualUseRows } from './mutual-use.rows.js';
import { readMutualUse } from './mutual-use.statement.js';
import type { AnswerJson } from '../answers.js';

/** 相互利用: with whom does a party share what in a field on a day? The answer is JSON text. */
export class MutualUse extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** A party's id. */
      readonly with: string;
      readonly field: string;
      readonly reader: Reader;
      readonly presume?: Presume;
    },
  ) {
    super();
  }
}

/** Answers with the text of a `MutualUseAnswer`. */
@QueryHandler(MutualUse)
export class MutualUseHandler implements IQueryHandler<MutualUse> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: MutualUse): Promise<AnswerJson> {
    const { with: party, field, reader, presume = 'all' } = asked;
    const key = JSON.stringify(['mutual-use', party, field, sightOf(reader), presume]);
    const read = ['agreement-graph', 'counter', 'parties'];
    return this.models.questions.text(asked, read, key, async (occasion) => {
      const ledgers = {
        graph: occasion.state('agreement-graph'),
        counter: occasion.state('counter'),
        parties: occasion.state('parties'),
      };
      const stored = await readMutualUse(this.models.pool, ledgers, asked, occasion);
      const rows = await this.models.presumed(stored, presume, occasion);
      return mutualUseRows(asked, rows, occasion.incomplete);
    });
  }
}
