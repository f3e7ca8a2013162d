import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import type { PartiesKnown } from '../kept/parties-known.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { inOrder, type RecordRow } from '../record-row.js';
import { gramsSought, normalised } from '../search-key.js';
import { postgresDay } from '../stored-row.js';
import { foundBehind, foundBy, splitsOf } from './found-by.js';
import { isNamed, namesOfDay, wholesOf } from './names-of-day.js';
import type { FoundBy, PartyFound } from './party.answer.js';
import { partyListed } from './party-listed.js';
import { hasCeased, successorsAmong, successorsOfDay } from './successors.js';
import type { AnswerJson } from '../answers.js';

/**
 * Who is meant by a text: an id, a code or 法人番号 of the day, a name or reading of the day, else a
 * code or name of another day. Before a name may stand that of its prefecture or of its whole. Whoever
 * has ceased by the day is found as of another day. The answer is the JSON text of a `FindPartyAnswer`.
 */
export class FindParty extends Query<AnswerJson> {
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
  'codeOfAnotherDay',
  'nameOfAnotherDay',
];

interface Named {
  readonly row: RecordRow;
  readonly by: FoundBy;
}

interface OfDay {
  readonly schema: string;
  readonly known: PartiesKnown;
  readonly day: number;
  readonly n: number;
}

/** Who answers to a text, with what was read of them. */
interface Sought {
  readonly named: readonly Named[];
  /** Name rows of every day. */
  readonly rows: readonly RecordRow[];
  readonly successors: ReadonlyMap<string, readonly RecordRow[]>;
}

@QueryHandler(FindParty)
export class FindPartyHandler implements IQueryHandler<FindParty> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked: { text, ...asked } }: FindParty): Promise<AnswerJson> {
    const key = JSON.stringify(['find-party', text]);
    return this.models.questions.text(
      asked,
      ['parties'],
      key,
      async ({ state, parties, day, n }) => {
        const known = await parties();
        const of = { schema: state('parties').schema, known, day, n };
        let sought = soughtAmong(await this.candidates(text, of), of, (row, holds) =>
          foundBy(row, text, holds),
        );
        for (const split of splitsOf(text)) {
          if (sought.named.length > 0) break;
          const rows = await this.candidates(split.tail, of);
          const wholes = namesOfDay(known, wholesOf(rows), day);
          sought = soughtAmong(rows, of, (row, holds) => foundBehind(row, split, holds, wholes));
        }
        return { parties: shown(sought, of) };
      },
    );
  }

  /**
   * Names of any day that share the text's grams, or the party with that id. `is true` keeps the planner
   * to the index of the one condition that selects: without statistics it takes the names of every party
   * for a handful.
   */
  private async candidates(
    text: string,
    { schema, known, day, n }: OfDay,
  ): Promise<readonly RecordRow[]> {
    if (normalised(text) === '') return [];
    const id = uuidOf(text);
    if (id !== undefined) return namesOf(id, known, day);
    const { rows } = await this.models.pool.query<RecordRow>({
      name: `find party by grams ${schema}`,
      text: `
        with found as (
          select distinct stream from ${escapeIdentifier(schema)}.part_row
          where (part = 'name') is true and (known @> $1::int8) is true and contents <> '[]'
            and grams @> $3::text[]
          limit 1000
        )
        select r.stream, r.part, r.days @> $2::date as holds, r.contents, r.pending
        from found join ${escapeIdentifier(schema)}.part_row r using (stream)
        where r.part = 'name' and (r.known @> $1::int8) is true and r.contents <> '[]'
        order by r.stream, r.days`,
      values: [n, postgresDay(day), gramsSought(text)],
    });
    return rows.toSorted(inOrder);
  }
}

/** Names of any day of one party, as far as anything approved gives it one. */
function namesOf(id: string, known: PartiesKnown, day: number): readonly RecordRow[] {
  return known
    .rows(id, 'name')
    .filter(({ contents }) => contents.length > 0)
    .map((it) => ({ ...it, holds: it.from <= day && day < it.to }))
    .toSorted(inOrder);
}

/** Whoever has ceased by the day is named as of another day. */
function soughtAmong(
  rows: readonly RecordRow[],
  { known, day }: OfDay,
  named: (row: RecordRow, holds: boolean) => FoundBy | undefined,
): Sought {
  const ids = rows.filter((row) => named(row, row.holds) !== undefined).map((it) => it.stream);
  const successors = successorsOfDay(known, ids, day);
  return {
    rows,
    successors,
    named: rows.flatMap((row) => {
      const holds = row.holds && !hasCeased(successors.get(row.stream) ?? []);
      const by = named(row, holds);
      return by === undefined ? [] : [{ row, by }];
    }),
  };
}

/** By their names of the day; who has none yet, by that which the text found. */
function shown({ named, rows, successors }: Sought, { known, day }: OfDay): readonly PartyFound[] {
  const [best] = order.filter((it) => named.some(({ by }) => by === it));
  if (best === undefined) return [];
  const found = new Map(
    named.flatMap(({ row, by }) => (by === best ? [[row.stream, row] as const] : [])),
  );
  const today = new Map(rows.filter((it) => it.holds && isNamed(it)).map((it) => [it.stream, it]));
  const listed = [...found].map(([id, row]) => today.get(id) ?? row);
  const names = namesOfDay(known, wholesOf(listed), day);
  return listed.map((row) => {
    const rest = successors.get(row.stream) ?? [];
    const followed = successorsAmong(rest).map((it) => known.names(day).shown(it));
    return {
      ...partyListed({ ...row, holds: true }, names),
      by: best,
      ...(hasCeased(rest) ? { ceased: true as const } : {}),
      ...(followed.length === 0 ? {} : { successors: followed }),
    };
  });
}

function uuidOf(text: string): string | undefined {
  const id = text.trim().toLowerCase();
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined;
}
