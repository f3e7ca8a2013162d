import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import type { RecordRow } from '../record-row.js';
import { gramsSought } from '../search-key.js';
import { postgresDay } from '../stored-row.js';
import { namesOfDay, wholesOf } from './names-of-day.js';
import { partyListed } from './party-listed.js';
import type { AnswerJson } from '../answers.js';

/** 当事者の一覧: by name, kana or code of the day. The answer is the JSON text of a `PartiesAnswer`. */
export class Parties extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      readonly text?: string;
      /** The `next` of the page before. */
      readonly after?: string;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

const NIL = '00000000-0000-0000-0000-000000000000';

@QueryHandler(Parties)
export class PartiesHandler implements IQueryHandler<Parties> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Parties): Promise<AnswerJson> {
    const { text = '', after = NIL, limit = 100 } = asked;
    const key = JSON.stringify(['parties', text, after, limit]);
    return this.models.questions.text(
      asked,
      ['parties'],
      key,
      async ({ state, parties, day, n }) => {
        const { schema } = state('parties');
        const sought = gramsSought(text);
        const { rows } = await this.models.pool.query<RecordRow>({
          name: `parties ${sought.length > 0} ${schema}`,
          text: `
          select stream, part, true as holds, contents, pending
          from ${escapeIdentifier(schema)}.part_row
          where (known @> $1::int8) is true and (days @> $2::date) is true and ${
            sought.length > 0
              ? `(part = 'name' and stream > $3::uuid) is true`
              : `part = 'name' and stream > $3::uuid`
          } and grams @> $4::text[] and (grams <> '{}' or pending <> '{}'
              or contents @> '[{"content":{"tooMany":true}}]')
          order by stream limit $5`,
          values: [n, postgresDay(day), after, sought, limit + 1],
        });
        const page = rows.slice(0, limit);
        const last = page.at(-1);
        const known = await parties();
        const names = namesOfDay(known, wholesOf(page), day);
        return {
          parties: page.map((it) => partyListed(it, names)),
          ...(rows.length > limit && last !== undefined ? { next: last.stream } : {}),
        };
      },
    );
  }
}
