import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import { finding, verdict, verdicts, type Finding } from '../../src/entries/domain/finding.js';
import type { Membership } from '../../src/parties/domain/party-parts.js';
import type { Possible } from '../../src/time/possibility.js';
import type { ActOnRecord } from '../act-rows.js';
import { member } from '../../src/obligations/domain/link-verdicts.js';
import { shown, type DateShown } from '../date-shown.js';
import type { PartyShown } from '../party-names.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { subjectOf, type RecordRow } from '../record-row.js';
import type { Stamp } from '../stamp.js';
import { postgresDay } from '../stored-row.js';
import { sourceShown, type SourceShown } from '../told-finding.js';
import type { AnswerJson } from '../answers.js';

/** 構成員: who is a member of what. A group of a comparison has members and no papers. */
export interface MembersAnswer extends Stamp {
  readonly total: { readonly certain: number; readonly possible: number };
  readonly members: readonly MemberRow[];
}

/** `answer` says whether it is a member on the day. */
export interface MemberRow extends Finding {
  readonly council: PartyShown;
  readonly member: PartyShown;
  readonly acts: readonly {
    readonly event: string;
    readonly type: string;
    readonly acted: DateShown | null;
    readonly effective: DateShown | null;
    readonly source: SourceShown | null;
  }[];
  readonly pending: readonly string[];
}

/** Members of a council, or the councils of a party. The answer is the JSON text of a `MembersAnswer`. */
export class Members extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** Parties' ids; one of the two at least. */
      readonly council?: string;
      readonly party?: string;
    },
  ) {
    super();
  }
}

@QueryHandler(Members)
export class MembersHandler implements IQueryHandler<Members> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Members): Promise<AnswerJson> {
    const { council, party } = asked;
    const key = JSON.stringify(['members', council, party]);
    return this.models.questions.text(asked, ['parties'], key, async (occasion) => {
      const { pool } = this.models;
      const { state, n, day, incomplete } = occasion;
      const table = `${escapeIdentifier(state('parties').schema)}.part_row`;
      const { rows } = await pool.query<RecordRow>({
        name: `members ${party === undefined} ${state('parties').schema}`,
        text: `
          with found as (
            select m.stream, m.part, m.contents, m.pending from ${table} m
            where ${party === undefined ? ofCouncil : ofParty}
              and (m.known @> $3::int8) is true and (m.days @> $4::date) is true
          )
          select stream, part, true as holds, contents, pending from found
          union all
          select a.stream, a.part, true, a.contents, a.pending
            from (select distinct stream, 'act:' ||
                (jsonb_path_query(contents, '$[*].content.by[*]') #>> '{}') as part from found) as named
            join ${table} a using (stream, part)
            where (a.known @> $3::int8) is true`,
        values: [council ?? null, party ?? null, n, postgresDay(day)],
      });
      const memberships = rows.filter((it) => it.part.startsWith('member:'));
      const acts = new Map(
        rows
          .filter((it) => it.part.startsWith('act:'))
          .map((it) => [subjectOf(it.part), it.contents[0]?.content as ActOnRecord]),
      );
      const names = (await occasion.parties()).names(occasion.day);
      const members = memberships
        .map((row): MemberRow => ({
          council: names.shown(row.stream),
          member: names.shown(subjectOf(row.part)),
          ...incomplete.weaken(membership(row), row.stream),
          acts: actsOf(row, acts),
          pending: row.pending,
        }))
        .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      const count = (...answers: readonly string[]) =>
        members.filter((it) => answers.includes(it.answer)).length;
      return { total: { certain: count('yes'), possible: count('yes', 'undetermined') }, members };
    });
  }
}

const ofCouncil = `m.stream = $1::uuid and m.part like 'member:%' and $2::text is null`;
const ofParty = `m.part = 'member:' || $2::text and ($1::uuid is null or m.stream = $1::uuid)`;

/** By the member's code, then by ids: the same question has one answer. */
function placeOf({ council, member }: MemberRow): string {
  return `${member.code ?? '~'} ${member.id} ${council.id}`;
}

function membership({ contents, pending }: RecordRow): Finding {
  if (contents.length === 0) {
    return finding([{ content: verdict('undetermined', 'pending', pending), worlds: [{}] }]);
  }
  return finding(verdicts(contents as Possible<Membership>, member));
}

function actsOf(
  { contents }: RecordRow,
  acts: ReadonlyMap<string, ActOnRecord>,
): MemberRow['acts'] {
  const events = new Set((contents as Possible<Membership>).flatMap((it) => it.content.by ?? []));
  return [...events].flatMap((event) => {
    const act = acts.get(event);
    if (act === undefined) return [];
    const { type, acted, effective, source } = act;
    return [
      {
        event,
        type,
        acted: acted === undefined ? null : shown(acted),
        effective: effective === undefined ? null : shown(effective),
        source: source === undefined ? null : sourceShown(source),
      },
    ];
  });
}
