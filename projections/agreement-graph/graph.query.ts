import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import type { Outline } from '../../src/agreements/domain/outline.js';
import type { SpanRow } from '../obligations/span.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { subjectOf } from '../record-row.js';
import type { Stamp } from '../stamp.js';
import { readDatedGraph } from './dated-graph.statement.js';
import { datedGraph, type DatedGraph } from './dated-graph.js';
import { figuresOf, type GraphFigures, type NodeFigures } from './graph-figures.js';
import type { AnswerJson } from '../answers.js';

/** The graph of a day with its figures, as it is exported. */
export interface GraphAnswer extends Stamp {
  readonly field: string | null;
  readonly figures: GraphFigures;
  readonly parties: readonly (DatedGraph['parties'][number] & NodeFigures)[];
  readonly agreements: readonly (DatedGraph['agreements'][number] & NodeFigures)[];
  readonly incidences: DatedGraph['incidences'];
  /** Entries that wait for approval and would change who stands in an agreement on the day. */
  readonly pending: readonly string[];
}

/** 協定のつながり. The answer is the JSON text of a `GraphAnswer`. */
export class AgreementGraph extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** A party's id: agreements that name it, its wards or its organs. */
      readonly of?: string;
      readonly field?: string;
      readonly reader: Reader;
    },
  ) {
    super();
  }
}

@QueryHandler(AgreementGraph)
export class AgreementGraphHandler implements IQueryHandler<AgreementGraph> {
  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal graph/too-large */
  execute({ asked }: AgreementGraph): Promise<AnswerJson> {
    const { of, field, reader } = asked;
    const key = JSON.stringify(['agreement-graph', of, field, sightOf(reader)]);
    const ledgers = ['register', 'agreement-graph', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const { pool } = this.models;
      const { state, parties, day } = occasion;
      const states = { register: state('register'), graph: state('agreement-graph') };
      const known = await parties();
      const whose = of === undefined ? undefined : known.withParts(of);
      const rows = await readDatedGraph(pool, states, { field, whose, reader }, occasion);
      const names = known.nameRows(partiesIn(rows), day);
      const dated = datedGraph(rows, names, reader, occasion);
      const figures = figuresOf(dated);
      return {
        field: field ?? null,
        figures: figures.graph,
        parties: dated.parties.map((it) => ({ ...it, ...figures.of(it.id) })),
        agreements: dated.agreements.map((it) => ({ ...it, ...figures.of(it.id) })),
        incidences: dated.incidences,
        pending: pendingOn(rows, day),
      } satisfies Omit<GraphAnswer, 'on' | 'known' | 'folds' | 'incomplete'>;
    });
  }
}

function pendingOn(rows: readonly SpanRow[], day: number): readonly string[] {
  const telling = rows.filter(
    ({ part, from, to }) =>
      from <= day && day < to && (part === 'outline' || part.startsWith('bond:')),
  );
  return [...new Set(telling.flatMap((it) => it.pending))].sort();
}

function partiesIn(rows: readonly SpanRow[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { part, contents } of rows) {
    if (part.startsWith('bond:') && contents.length > 0) found.add(subjectOf(part));
    if (part !== 'outline') continue;
    for (const { content } of contents as Possible<Outline | TooMany>) {
      if (!isTooMany(content)) for (const { party } of content.parties) found.add(party);
    }
  }
  return found;
}
