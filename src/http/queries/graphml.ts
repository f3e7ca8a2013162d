import type { GraphAnswer } from '../../../projections/agreement-graph/graph.query.js';
import { edgeColumns, edgeId, nodeColumns, nodesOf, pointOf, type Value } from './graph-columns.js';
import { document, element, escaped } from './xml.js';

const types = { string: 'string', integer: 'int', double: 'double' } as const;

/** The graph as GraphML (graphdrawing.org): parties and agreements as nodes, standings as edges. */
export function graphml(answer: GraphAnswer): string {
  const keys = [
    ...['on', 'n', 'at'].map((name) => key('graph', name, name === 'n' ? 'long' : 'string')),
    key('node', 'label', 'string'),
    ...nodeColumns.map(({ name, type }) => key('node', name, types[type])),
    ...edgeColumns.map(({ name, type }) => key('edge', name, types[type])),
  ];
  const point = Object.entries(pointOf(answer)).map(([name, value]) => datum('graph', name, value));
  const nodes = nodesOf(answer).map(({ id, label, values }) =>
    element(
      'node',
      { id },
      datum('node', 'label', label),
      ...nodeColumns.map(({ name }) => datum('node', name, values[name])),
    ),
  );
  const edges = answer.incidences.map((it) =>
    element(
      'edge',
      { id: edgeId(it), source: it.party, target: it.agreement },
      ...edgeColumns.map(({ name, of }) => datum('edge', name, of(it))),
    ),
  );
  const graph = element(
    'graph',
    { id: 'agreements', edgedefault: 'undirected' },
    ...point,
    ...nodes,
    ...edges,
  );
  return document(
    element('graphml', { xmlns: 'http://graphml.graphdrawing.org/xmlns' }, ...keys, graph),
  );
}

function key(of: string, name: string, type: string): string {
  return element('key', {
    id: `${of}.${name}`,
    for: of,
    'attr.name': name,
    'attr.type': type,
  });
}

function datum(of: string, name: string, value: Value | undefined): string {
  if (value === null || value === undefined || value === '') return '';
  return element('data', { key: `${of}.${name}` }, escaped(String(value)));
}
