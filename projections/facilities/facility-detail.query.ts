import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { refuse } from '../../src/entries/domain/refusal.js';
import { shown } from '../date-shown.js';
import { PartyNames } from '../party-names.js';
import { presuming, type Presume } from '../presume.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { facilities } from './facilities.ledger.js';
import { offersOf, readAgreementsWith, readFacility, readNames } from './facilities.statement.js';
import type { FacilityDetailAnswer } from './facility.answer.js';
import { FacilityRecord } from './facility-record.js';
import { offersIn, providersIn } from './offers.js';
import type { AnswerJson } from '../answers.js';

/** 施設の詳細 of a day, each attribute with its source. JSON text of a `FacilityDetailAnswer`. */
export class FacilityDetail extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      readonly id: string;
      readonly presume?: Presume;
      readonly reader: Reader;
    },
  ) {
    super();
  }
}

@QueryHandler(FacilityDetail)
export class FacilityDetailHandler implements IQueryHandler<FacilityDetail> {
  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal `facility/unknown` where no entry up to n speaks of it */
  execute({ asked }: FacilityDetail): Promise<AnswerJson> {
    const { id, presume = 'all', reader } = asked;
    const key = JSON.stringify(['facility-detail', id, presume, sightOf(reader)]);
    const ledgers = ['facilities', 'parties', 'agreement-graph', 'counter'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const { pool, folded } = this.models;
      const stored = await readFacility(pool, occasion.state('facilities'), id, occasion);
      if (stored.length === 0) return unknown(id);
      const rows =
        presume === 'all'
          ? stored
          : await folded.again(facilities, 'facility', stored, presuming(presume), occasion);
      const record = new FacilityRecord(id, rows);
      const { owner } = record;
      const part = `facility:${id}`;
      const offering = await readAgreementsWith(pool, offersOf(occasion), part, occasion);
      const named = [...(owner === undefined ? [] : [owner]), ...providersIn(offering)];
      const names = PartyNames.of(
        await readNames(pool, occasion.state('parties'), named, occasion),
      );
      return {
        id,
        owner: owner === undefined ? null : names.shown(owner),
        open: record.open(occasion.incomplete),
        attributes: record.attributes,
        offers: offersIn(offering, part, names, reader),
        acts: record.acts.map(([event, { type, n, effective, source }]) => ({
          event,
          type,
          n,
          ...(effective === undefined ? {} : { effective: shown(effective) }),
          ...(source === undefined ? {} : { source }),
        })),
        pending: record.pending,
      } satisfies Omit<FacilityDetailAnswer, 'on' | 'known' | 'folds'>;
    });
  }
}

function unknown(id: string): never {
  return refuse('unknown', 'facility/unknown', 'その施設は登録されていません。', {
    field: 'id',
    code: 'facility/unknown',
    read: id.slice(0, 80),
    expected: '登録された施設のid',
  });
}
