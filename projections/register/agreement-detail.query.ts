import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { refuse } from '../../src/entries/domain/refusal.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { agreementDetail } from './agreement-detail.js';
import { readAgreementDetail } from './agreement-detail.statement.js';
import type { AnswerJson } from '../answers.js';

/** 協定の詳細 of a day, with its events. The answer is the JSON text of an `AgreementDetailAnswer`. */
export class AgreementDetail extends Query<AnswerJson> {
  constructor(readonly asked: OnKnown & { readonly id: string; readonly reader: Reader }) {
    super();
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@QueryHandler(AgreementDetail)
export class AgreementDetailHandler implements IQueryHandler<AgreementDetail> {
  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal `agreement/unknown`, also for one that the reader may not see */
  async execute({ asked }: AgreementDetail): Promise<AnswerJson> {
    const { id, reader } = asked;
    if (!UUID.test(id)) return unknown(id);
    const key = JSON.stringify(['agreement-detail', id, sightOf(reader)]);
    const ledgers = ['register', 'agreement-graph', 'counter', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async ({ state, day, n }) => {
      const states = {
        register: state('register'),
        graph: state('agreement-graph'),
        counter: state('counter'),
        parties: state('parties'),
      };
      const name = this.models.names.nameOf({ kind: 'agreement', id });
      const rows = await readAgreementDetail(this.models.pool, states, { id, name }, { day, n });
      if (rows.revision === undefined) return unknown(id);
      const events = await this.models.streams.upTo('agreement', id, n, rows.revision);
      return (
        agreementDetail(id, { ...rows, revision: rows.revision }, events, reader) ?? unknown(id)
      );
    });
  }
}

function unknown(id: string): never {
  return refuse('unknown', 'agreement/unknown', 'その協定は登録されていません。', {
    field: 'id',
    code: 'agreement/unknown',
    read: id.slice(0, 80),
    expected: '登録された協定のid',
  });
}
