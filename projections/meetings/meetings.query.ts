import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Meeting } from '../../src/parties/domain/told.js';
import type { PartyNames, PartyShown } from '../party-names.js';
import type { Incomplete } from '../incomplete.js';
import type { OnKnown } from '../questions.js';
import type { Presume } from '../presume.js';
import { presumedFacts } from '../presumed-facts.js';
import { ReadModels } from '../read-models.js';
import type { RecordRow } from '../record-row.js';
import type { Stamp } from '../stamp.js';
import { readTold } from '../told-facts.statement.js';
import { toldShown, type ToldShown } from '../told-finding.js';
import type { AnswerJson } from '../answers.js';

/** 会議: meetings of councils, with what was to be spoken of and what was decided. */
export interface MeetingsAnswer extends Stamp {
  readonly meetings: readonly MeetingRow[];
  readonly next?: number;
}

/** `answer` says whether it had been held by the day. */
export interface MeetingRow extends ToldShown {
  readonly council: PartyShown;
  readonly title: string | null;
  readonly place: string | null;
  readonly agenda: readonly string[];
  readonly decisions: readonly string[];
  readonly attendees: readonly (PartyShown & {
    readonly office: string;
    readonly holder?: string;
  })[];
  /** How many were there, where only that is said. */
  readonly participants: number | null;
  readonly otherwise?: readonly Meeting[];
}

/** The answer is the JSON text of a `MeetingsAnswer`. */
export class Meetings extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** A party's id: whose meetings. */
      readonly council?: string;
      /** A party's id: who was there. */
      readonly party?: string;
      readonly presume?: Presume;
      readonly after?: number;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(Meetings)
export class MeetingsHandler implements IQueryHandler<Meetings> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Meetings): Promise<AnswerJson> {
    const { council, party, presume = 'all', after = -1, limit = 100 } = asked;
    const key = JSON.stringify(['meetings', council, party, presume, after, limit]);
    return this.models.questions.text(asked, ['measures', 'parties'], key, async (occasion) => {
      const { pool } = this.models;
      const { state, incomplete } = occasion;
      const rows = await readTold(
        pool,
        state('measures'),
        {
          kind: 'meeting',
          ...(party === undefined ? {} : { keys: [`with:${party}`] }),
          ...(council === undefined ? {} : { streams: [council] }),
          after,
          limit,
        },
        occasion,
      );
      const stored = rows.slice(0, limit);
      const page = await presumedFacts(this.models, 'party', stored, presume, occasion);
      const names = (await occasion.parties()).names(occasion.day);
      const meetings = page.map((it) => meetingRow(it, names, incomplete));
      const last = meetings.at(-1);
      return {
        meetings,
        ...(rows.length > limit && last !== undefined ? { next: last.n } : {}),
      };
    });
  }
}

function meetingRow(row: RecordRow, names: PartyNames, incomplete: Incomplete): MeetingRow {
  const { said, ...told } = toldShown<Meeting>(row, incomplete);
  const [first, ...others] = said;
  return {
    ...told,
    council: names.shown(row.stream),
    title: first?.title ?? null,
    place: first?.place ?? null,
    agenda: first?.agenda ?? [],
    decisions: first?.decisions ?? [],
    attendees: (first?.attendees ?? []).map(({ party, ...rest }) => ({
      ...names.shown(party),
      ...rest,
    })),
    participants: first?.participants ?? null,
    ...(others.length === 0 ? {} : { otherwise: others }),
  };
}
