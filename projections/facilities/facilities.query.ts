import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { readPoiKinds } from '../../src/facilities/poi-kinds.js';
import type { PoiKinds } from '../../src/facilities/list/count-kinds.js';
import { presuming, type Presume } from '../presume.js';
import type { Occasion, OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { byStream, type RecordRow } from '../record-row.js';
import { countsBeside } from './count-beside.js';
import { facilities } from './facilities.ledger.js';
import {
  offersOf,
  readAgreementsWith,
  readFacilities,
  readNames,
  type FacilitiesSought,
} from './facilities.statement.js';
import type { FacilitiesAnswer } from './facility.answer.js';
import { facilityListed } from './facility-listed.js';
import { FacilityRecord } from './facility-record.js';
import { namesOfKind } from './kind-names.js';
import { PartyNames } from '../party-names.js';
import type { AnswerJson } from '../answers.js';

/** 施設の一覧 of a day: by owner, kind and name. The answer is the JSON text of a `FacilitiesAnswer`. */
export class Facilities extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      readonly owner?: string;
      /** A POI code, its name, or a remark of lists: 1512, 図書館. */
      readonly kind?: string;
      readonly text?: string;
      readonly after?: string;
      readonly limit?: number;
      readonly presume?: Presume;
      readonly reader: Reader;
    },
  ) {
    super();
  }
}

const NIL = '00000000-0000-0000-0000-000000000000';
/** No body has a tenth as many. */
const MOST_OF_A_BODY = 20_000;

@QueryHandler(Facilities)
export class FacilitiesHandler implements IQueryHandler<Facilities> {
  private poi: PoiKinds | undefined;

  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Facilities): Promise<AnswerJson> {
    const { owner, kind, text, after = NIL, limit = 100, presume = 'all', reader } = asked;
    const page = [after, limit, presume, sightOf(reader)];
    const key = JSON.stringify(['facilities', owner, kind, text, ...page]);
    const ledgers = ['facilities', 'parties', 'agreement-graph', 'counter'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const poi = (this.poi ??= readPoiKinds());
      const kinds = kind === undefined ? undefined : namesOfKind(kind, poi);
      const sought: FacilitiesSought = {
        ...(owner === undefined ? {} : { owner }),
        ...(kinds === undefined ? {} : { kinds }),
        ...(text === undefined ? {} : { text }),
      };
      const state = occasion.state('facilities');
      const stored = await readFacilities(this.models.pool, state, sought, occasion, {
        after,
        limit: limit + 1,
      });
      const all = await this.recordsIn(stored, presume, occasion);
      const shown = all.slice(0, limit);
      const last = shown.at(-1);
      const found = shown.filter(
        (it) => it.described.length > 0 && (kinds === undefined || it.isOf(kinds)),
      );
      const owners = [...new Set(found.flatMap((it) => it.owner ?? []))];
      const names = PartyNames.of(
        await readNames(this.models.pool, occasion.state('parties'), owners, occasion),
      );
      const listed = found.map((it) => facilityListed(it, names, poi, occasion.incomplete));
      const answers = listed.map((it) => it.open.answer);
      return {
        total: {
          certain: answers.filter((it) => it === 'yes').length,
          possible: answers.filter((it) => it !== 'no').length,
        },
        facilities: listed,
        counts: await this.counts(asked, poi, occasion),
        pending: [...new Set(shown.flatMap((it) => it.pending))],
        ...(all.length > limit && last !== undefined ? { next: last.id } : {}),
      } satisfies Omit<FacilitiesAnswer, 'on' | 'known' | 'folds'>;
    });
  }

  private async counts(
    { owner, kind, presume = 'all', reader }: Facilities['asked'],
    poi: PoiKinds,
    occasion: Occasion,
  ) {
    if (owner === undefined) return [];
    const { pool } = this.models;
    const { incomplete } = occasion;
    const rows = await readAgreementsWith(pool, offersOf(occasion), `count:${owner}`, occasion);
    if (rows.length === 0) return [];
    const own = await readFacilities(pool, occasion.state('facilities'), { owner }, occasion, {
      after: NIL,
      limit: MOST_OF_A_BODY,
    });
    const records = [...byStream(own)].map(([id, mine]) => new FacilityRecord(id, mine));
    const described = records.filter((it) => it.described.length > 0);
    const kindsOf = (field: string) => namesOfKind(field, poi);
    const counts = countsBeside(owner, rows, described, kindsOf, { incomplete, presume, reader });
    return counts.filter((it) => kind === undefined || it.field === null || it.field === kind);
  }

  private async recordsIn(
    stored: readonly RecordRow[],
    presume: Presume,
    occasion: Occasion,
  ): Promise<readonly FacilityRecord[]> {
    const rows =
      presume === 'all'
        ? stored
        : await this.models.folded.again(
            facilities,
            'facility',
            stored,
            presuming(presume),
            occasion,
          );
    return [...byStream(rows)].map(([id, mine]) => new FacilityRecord(id, mine));
  }
}
