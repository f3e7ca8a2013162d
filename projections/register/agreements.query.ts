import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { bodiesOf, sightOf, type Reader } from '../reader.js';
import { gramsSought } from '../search-key.js';
import { postgresDay } from '../stored-row.js';
import { listed, type ListedRow } from './agreement-listed.js';
import type { AnswerJson } from '../answers.js';

/** 協定の一覧, in the order of registration. The answer is the JSON text of an `AgreementsAnswer`. */
export class Agreements extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** Words of a title, a number, a kind, a field or a party's name of the day. */
      readonly search?: string;
      /** A party's id: agreements that name it in whatever role. */
      readonly party?: string;
      readonly field?: string;
      readonly reader: Reader;
      /** The `next` of the page before. */
      readonly after?: number;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(Agreements)
export class AgreementsHandler implements IQueryHandler<Agreements> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Agreements): Promise<AnswerJson> {
    const { search = '', party = '', field = '', reader, after = -1, limit = 50 } = asked;
    const key = JSON.stringify(['agreements', search, party, field, sightOf(reader), after, limit]);
    const ledgers = ['register', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async ({ state, day, n }) => {
      const register = `${escapeIdentifier(state('register').schema)}.part_row`;
      const parties = `${escapeIdentifier(state('parties').schema)}.part_row`;
      const { rows } = await this.models.pool.query<ListedRow>({
        name: `agreements ${state('register').version}.${state('parties').version}`,
        text: listStatement(register, parties),
        values: [
          n,
          postgresDay(day),
          gramsSought(search),
          party,
          field,
          [...bodiesOf(reader)],
          after,
          limit + 1,
        ],
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        agreements: page.map((it) => listed(it, reader)),
        ...(rows.length > limit && last !== undefined ? { next: last.n } : {}),
      };
    });
  }
}

/** A stream begins with its keeper's row: its first number is the agreement's place in the list. */
function listStatement(register: string, parties: string): string {
  return `
    with named as (
      select 'party:' || stream as part from ${parties}
      where $3::text[] <> '{}' and part = 'name' and grams @> $3::text[]
        and known @> $1::int8 and days @> $2::date
    )
    select k.stream as id, lower(k.known)::float8 as n, k.contents->0->'content'->>'keeper' as keeper,
      o.contents, o.pending, d.contents->0->'content' as disclosure,
      (select coalesce(json_agg(json_build_object('id', p.subject, 'name', names.contents->0->'content'->>'name',
          'code', names.contents->0->'content'->>'code') order by p.subject), '[]')
        from ${register} p left join ${parties} names on names.stream = p.subject::uuid
          and names.part = 'name' and names.known @> $1::int8 and names.days @> $2::date
        where p.stream = k.stream and p.part like 'party:%' and p.known @> $1::int8) as parties
    from ${register} k
    join ${register} o on o.stream = k.stream and o.part = 'outline'
      and o.known @> $1::int8 and o.days @> $2::date
    left join ${register} d on d.stream = k.stream and d.part = 'disclosure' and upper_inf(d.known)
    where k.part = 'keeper' and k.known @> $1::int8 and lower(k.known) > $7::int8
      and ($3::text[] = '{}' or o.grams @> $3::text[] or exists (
        select from named join ${register} p using (part)
        where p.stream = k.stream and p.known @> $1::int8))
      and ($4 = '' or exists (select from ${register} p
        where p.stream = k.stream and p.part = 'party:' || $4 and p.known @> $1::int8))
      and ($5 = '' or exists (select from ${register} f
        where f.stream = k.stream and f.part = 'field:' || $5 and f.known @> $1::int8))
      and (d.contents @> '[{"content":{"disclosed":true}}]'
        or k.contents->0->'content'->>'keeper' = any($6::text[])
        or exists (select from ${register} p where p.stream = k.stream and p.known @> $1::int8
          and p.part like 'party:%' and p.subject = any($6::text[])))
    order by lower(k.known) limit $8`;
}
