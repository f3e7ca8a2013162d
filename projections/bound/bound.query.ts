import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { ReadModels } from '../read-models.js';
import type { Presume } from '../presume.js';
import type { OnKnown } from '../questions.js';
import { sightOf } from '../reader.js';
import type { Asked } from './found-path.js';
import { boundAnswer } from './bound.paths.js';
import { readBound } from './bound.statement.js';

/** 拘束: does one party owe another something in a field on a day? The answer is JSON text. */
export class Bound extends Query<string> {
  constructor(readonly asked: OnKnown & Asked & { readonly presume?: Presume }) {
    super();
  }
}

/** Answers with the text of a `BoundAnswer`. */
@QueryHandler(Bound)
export class BoundHandler implements IQueryHandler<Bound> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Bound): Promise<string> {
    const { from, to, field, reader, presume = 'all' } = asked;
    const key = JSON.stringify(['bound', from, to, field, sightOf(reader), presume]);
    return this.models.questions.text(asked, ['mutual-use', 'parties'], key, async (occasion) => {
      const ledgers = {
        mutualUse: occasion.state('mutual-use'),
        parties: occasion.state('parties'),
      };
      const stored = await readBound(this.models.pool, ledgers, asked, occasion);
      const rows = await this.models.presumed(stored, presume, occasion);
      return boundAnswer(asked, rows, occasion.incomplete);
    });
  }
}
