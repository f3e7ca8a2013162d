import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Figures as Published } from '../../src/parties/domain/told.js';
import { shown, type DateShown } from '../date-shown.js';
import type { PartyShown } from '../party-names.js';
import type { OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import type { Stamp } from '../stamp.js';
import { readTold } from '../told-facts.statement.js';
import { toldShown, type ToldShown } from '../told-finding.js';
import type { AnswerJson } from '../answers.js';

/**
 * 公表された数値. A figure is a statement with its own day, shown for every day that is asked about; two
 * for one thing stand side by side.
 */
export interface FiguresAnswer extends Stamp {
  readonly figures: readonly FiguresRow[];
  readonly next?: number;
}

export interface FiguresRow extends ToldShown {
  readonly party: PartyShown;
  /** The day that the figures are of, as written. */
  readonly asOf: DateShown | null;
  readonly figures: Published['figures'];
  readonly otherwise?: readonly Published[];
}

/** The answer is the JSON text of a `FiguresAnswer`. */
export class Figures extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** A party's id. */
      readonly party?: string;
      readonly after?: number;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(Figures)
export class FiguresHandler implements IQueryHandler<Figures> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Figures): Promise<AnswerJson> {
    const { party, after = -1, limit = 100 } = asked;
    const key = JSON.stringify(['figures', party, after, limit]);
    return this.models.questions.text(asked, ['measures', 'parties'], key, async (occasion) => {
      const { pool } = this.models;
      const { state, incomplete } = occasion;
      const streams = party === undefined ? {} : { streams: [party] };
      const sought = { kind: 'figures', ...streams, after, limit };
      const rows = await readTold(pool, state('measures'), sought, occasion);
      const page = rows.slice(0, limit);
      const names = (await occasion.parties()).names(occasion.day);
      const figures = page.map((row): FiguresRow => {
        const { said, ...told } = toldShown<Published>(row, incomplete);
        const [first, ...others] = said;
        return {
          ...told,
          party: names.shown(row.stream),
          asOf: first?.asOf === undefined ? null : shown(first.asOf),
          figures: first?.figures ?? [],
          ...(others.length === 0 ? {} : { otherwise: others }),
        };
      });
      const last = figures.at(-1);
      return { figures, ...(rows.length > limit && last !== undefined ? { next: last.n } : {}) };
    });
  }
}
