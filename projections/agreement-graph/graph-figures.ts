import { UndirectedGraph } from 'graphology';
import { connectedComponents } from 'graphology-components';
import { degreeCentrality } from 'graphology-metrics/centrality/degree.js';

import type { Answer } from '../../src/time/three-valued.js';
import type { DatedGraph } from './dated-graph.js';

/** Figures of the graph of a day: over what holds for certain, and over what holds at most. */
export interface GraphFigures {
  readonly parties: number;
  readonly agreements: number;
  readonly certain: Connected;
  readonly possible: Connected;
}

export interface Connected {
  /** Standings of a party in an agreement that bind it on the day. */
  readonly incidences: number;
  /** Parties and agreements with one at least. */
  readonly nodes: number;
  readonly components: number;
  readonly largestComponent: number;
  /** Of all the standings that there could be between these parties and agreements. */
  readonly density: number;
}

/** What figures say of one node. */
export interface NodeFigures {
  readonly degreeCertain: number;
  readonly degreePossible: number;
  /** Degree in what may hold, as a share of all other nodes. */
  readonly centrality: number;
  /** Components of what may hold, the largest first, from 0; null for a node without any edge. */
  readonly component: number | null;
}

export function figuresOf(dated: DatedGraph): {
  readonly graph: GraphFigures;
  readonly of: (node: string) => NodeFigures;
} {
  const certain = graphOf(dated, ['yes']);
  const possible = graphOf(dated, ['yes', 'undetermined']);
  const components = connectedComponents(possible).toSorted(bySize);
  const places = new Map(components.flatMap((it, i) => it.map((node) => [node, i] as const)));
  const centrality = possible.order > 1 ? degreeCentrality(possible) : {};
  return {
    graph: {
      parties: dated.parties.length,
      agreements: dated.agreements.length,
      certain: connected(certain, dated),
      possible: connected(possible, dated),
    },
    of: (node) => ({
      degreeCertain: certain.hasNode(node) ? certain.degree(node) : 0,
      degreePossible: possible.hasNode(node) ? possible.degree(node) : 0,
      centrality: centrality[node] ?? 0,
      component: places.get(node) ?? null,
    }),
  };
}

/** Party and agreement ids are UUIDs of one space, so that one graph holds both. */
function graphOf({ incidences }: DatedGraph, answers: readonly Answer[]): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (const { party, agreement, answer } of incidences) {
    if (answers.includes(answer)) graph.mergeEdge(party, agreement);
  }
  return graph;
}

function connected(graph: UndirectedGraph, { agreements }: DatedGraph): Connected {
  const sizes = connectedComponents(graph).map((it) => it.length);
  const papers = agreements.filter((it) => graph.hasNode(it.id)).length;
  const most = papers * (graph.order - papers);
  return {
    incidences: graph.size,
    nodes: graph.order,
    components: sizes.length,
    largestComponent: Math.max(0, ...sizes),
    density: most === 0 ? 0 : graph.size / most,
  };
}

function bySize(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return b.length - a.length;
  return least(a) < least(b) ? -1 : 1;
}

function least(ids: readonly string[]): string {
  return ids.reduce((a, b) => (a < b ? a : b), '~');
}
