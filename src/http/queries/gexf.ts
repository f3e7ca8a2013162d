import type { Spell } from '../../../projections/agreement-graph/dated-graph.js';
import type { GraphAnswer } from '../../../projections/agreement-graph/graph.query.js';
import { edgeColumns, edgeId, nodeColumns, nodesOf, pointOf, type Value } from './graph-columns.js';
import { document, element } from './xml.js';

/**
 * The graph as GEXF 1.3 (gexf.net): an edge lives on the days on which the party is bound, or may be
 * (`perhapsBound`). One that binds on no day has no spells, and says so in `state`.
 */
export function gexf(answer: GraphAnswer): string {
  const { on, n, at } = pointOf(answer);
  const meta = element(
    'meta',
    { lastmodifieddate: String(at).slice(0, 10) },
    element('creator', {}, '結'),
    element('description', {}, `on ${on} n ${n} at ${at}`),
  );
  const nodes = nodesOf(answer).map(({ id, label, values }) =>
    element('node', { id, label }, attvalues(nodeColumns.map(({ name }) => [name, values[name]]))),
  );
  const edges = answer.incidences.map((it) =>
    element(
      'edge',
      { id: edgeId(it), source: it.party, target: it.agreement },
      attvalues(edgeColumns.map(({ name, of }) => [name, of(it)])),
      ...(it.spells.length === 0 ? [] : [element('spells', {}, ...it.spells.map(spell))]),
    ),
  );
  const graph = element(
    'graph',
    { mode: 'dynamic', timeformat: 'date', defaultedgetype: 'undirected' },
    attributes('node', nodeColumns),
    attributes('edge', edgeColumns),
    element('nodes', {}, ...nodes),
    element('edges', {}, ...edges),
  );
  return document(element('gexf', { xmlns: 'http://gexf.net/1.3', version: '1.3' }, meta, graph));
}

function attributes(
  of: string,
  columns: readonly { readonly name: string; readonly type: string }[],
): string {
  return element(
    'attributes',
    { class: of },
    ...columns.map(({ name, type }) => element('attribute', { id: name, title: name, type })),
  );
}

function attvalues(values: readonly (readonly [string, Value | undefined])[]): string {
  const said = values.filter(([, it]) => it !== null && it !== undefined && it !== '');
  return element(
    'attvalues',
    {},
    ...said.map(([of, value]) => element('attvalue', { for: of, value })),
  );
}

function spell({ from, to }: Spell): string {
  return element('spell', { start: from, end: to });
}
