import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import type { PartyName } from '../../src/parties/domain/party-parts.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import type { RecordRow } from '../record-row.js';
import { gramsSought, normalised } from '../search-key.js';
import { postgresDay } from '../stored-row.js';
import type { FoundBy } from './party.answer.js';
import { partyListed } from './party-listed.js';

/**
 * Who is meant by a text: an id, a code or 法人番号 of the day, a name or reading of the day, else a
 * name of another day. The answer is the JSON text of a `FindPartyAnswer`.
 */
export class FindParty extends Query<string> {
  constructor(readonly asked: OnKnown & { readonly text: string }) {
    super();
  }
}

const order: readonly FoundBy[] = [
  'id',
  'code',
  'corporateNumber',
  'name',
  'kana',
  'nameOfAnotherDay',
];

@QueryHandler(FindParty)
export class FindPartyHandler implements IQueryHandler<FindParty> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: FindParty): Promise<string> {
    const key = JSON.stringify(['find-party', asked.text]);
    return this.models.questions.text(asked, ['parties'], key, async ({ state, day, n }) => {
      const rows = await this.candidates(state('parties').schema, asked.text, day, n);
      const named = rows.flatMap((row) => {
        const by = foundBy(row, asked.text);
        return by === undefined ? [] : [{ row, by }];
      });
      const [best] = order.filter((it) => named.some(({ by }) => by === it));
      const parties = named.filter(({ by }) => by === best);
      const today = new Map(rows.filter((it) => it.holds).map((it) => [it.stream, it]));
      const ids = [...new Set(parties.map(({ row }) => row.stream))];
      return {
        parties: ids.flatMap((id) => {
          const row = today.get(id) ?? rows.find((it) => it.stream === id);
          return row === undefined ? [] : [{ ...partyListed(row), by: best }];
        }),
      };
    });
  }

  /** Names of any day that share the text's grams, or the party with that id. */
  private async candidates(
    schema: string,
    text: string,
    day: number,
    n: number,
  ): Promise<readonly RecordRow[]> {
    if (normalised(text) === '') return [];
    const { rows } = await this.models.pool.query<RecordRow>({
      name: `find party ${schema}`,
      text: `
        with found as (
          select distinct stream from ${escapeIdentifier(schema)}.part_row
          where part = 'name' and known @> $1::int8 and (grams @> $3::text[] or stream = $4::uuid)
            and contents <> '[]'
          limit 1000
        )
        select r.stream, r.part, r.days @> $2::date as holds, r.contents, r.pending
        from found join ${escapeIdentifier(schema)}.part_row r using (stream)
        where r.part = 'name' and r.known @> $1::int8 and r.contents <> '[]'
        order by r.stream, r.days`,
      values: [n, postgresDay(day), gramsSought(text), uuidOf(text)],
    });
    return rows;
  }
}

function foundBy({ stream, holds, contents }: RecordRow, text: string): FoundBy | undefined {
  const sought = normalised(text);
  if (stream === sought) return 'id';
  const names = contents.map((it) => it.content as PartyName);
  const has = (field: 'code' | 'corporateNumber' | 'name' | 'kana') =>
    names.some((it) => it[field] !== undefined && normalised(it[field]) === sought);
  if (!holds) return has('name') ? 'nameOfAnotherDay' : undefined;
  return (['code', 'corporateNumber', 'name', 'kana'] as const).find(has);
}

function uuidOf(text: string): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim()) ? text.trim() : null;
}
