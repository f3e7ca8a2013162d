import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { carrierOf, chainsFrom } from '../../src/obligations/domain/chain.js';
import { agreementShown } from '../agreement-shown.js';
import type { Occasion, OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { readAmong, type Among } from './among.statement.js';
import type { MatrixAnswer } from './matrix.answer.js';
import { Loaded } from './pair-cell.js';
import type { AnswerJson } from '../answers.js';

/** 対応表: what some parties owe each other. The answer is the JSON text of a `MatrixAnswer`. */
export class Matrix extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** Parties' ids, each once. */
      readonly parties: readonly string[];
      readonly fields: readonly string[];
      readonly reader: Reader;
    },
  ) {
    super();
  }
}

@QueryHandler(Matrix)
export class MatrixHandler implements IQueryHandler<Matrix> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Matrix): Promise<AnswerJson> {
    const { parties, fields, reader } = asked;
    const key = JSON.stringify(['matrix', parties, fields, sightOf(reader)]);
    const ledgers = ['agreement-graph', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const loaded = await loadAmong(this.models, { parties, fields, reader }, occasion);
      const cells = fields.flatMap((field) =>
        parties.flatMap((from) =>
          parties.flatMap((to) => (from === to ? [] : [loaded.cell(from, to, field)])),
        ),
      );
      const named = new Set(cells.flatMap((it) => it.agreements));
      const names = (await occasion.parties()).names(occasion.day);
      return {
        parties: parties.map((it) => names.shown(it)),
        fields,
        cells,
        agreements: loaded.agreements
          .filter((it) => named.has(it.id))
          .map((it) => agreementShown(it.record(occasion.day), reader)),
      } satisfies Omit<MatrixAnswer, 'on' | 'known' | 'folds' | 'incomplete'>;
    });
  }
}

/** Reads at once what is needed to ask any pair of the parties. */
export async function loadAmong(
  { pool }: ReadModels,
  asked: Omit<Among, 'carriers'>,
  { state, parties, n, day, incomplete }: Occasion,
): Promise<Loaded> {
  const ledgers = { graph: state('agreement-graph'), parties: state('parties') };
  const { links } = await parties();
  const chains = asked.parties.flatMap((it) => chainsFrom(it, links).found);
  const among = { ...asked, carriers: [...new Set(chains.map(carrierOf))] };
  const read = await readAmong(pool, ledgers, among, n);
  return new Loaded(among, links, read, { day, incomplete });
}
