import type { Stamp } from '../stamp.js';
import type { DatedGraph } from './dated-graph.js';
import type { GraphFigures, NodeFigures } from './graph-figures.js';
import type { GraphAnswer } from './graph.query.js';

/** Figures of the graph of a day, and the parties that stand in most agreements. */
export interface GraphFiguresAnswer extends Stamp {
  readonly field: string | null;
  readonly figures: GraphFigures;
  readonly parties: readonly (DatedGraph['parties'][number] & NodeFigures)[];
}

const MOST_SHOWN = 50;

export function graphFigures(answer: GraphAnswer): GraphFiguresAnswer {
  const { agreements: _, incidences: __, parties, ...rest } = answer;
  const byDegree = parties.toSorted(
    (a, b) =>
      b.degreeCertain - a.degreeCertain ||
      b.degreePossible - a.degreePossible ||
      (a.id < b.id ? -1 : 1),
  );
  return { ...rest, parties: byDegree.slice(0, MOST_SHOWN) };
}
