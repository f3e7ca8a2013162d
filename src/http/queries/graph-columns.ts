import type { Incidence, Spell } from '../../../projections/agreement-graph/dated-graph.js';
import type { GraphAnswer } from '../../../projections/agreement-graph/graph.query.js';

export type Value = string | number | null;

/** One attribute of a node or an edge of an exported graph. */
export interface Column<T> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'double';
  readonly of: (it: T) => Value;
}

/** A node of either sort, as the formats for graphs take it. */
export interface Node {
  readonly id: string;
  readonly label: string;
  readonly values: Readonly<Record<string, Value>>;
}

const column = <T>(name: string, type: Column<T>['type'], of: Column<T>['of']): Column<T> => ({
  name,
  type,
  of,
});

export const nodeColumns: readonly Pick<Column<never>, 'name' | 'type'>[] = [
  { name: 'sort', type: 'string' },
  { name: 'kind', type: 'string' },
  { name: 'code', type: 'string' },
  { name: 'prefecture', type: 'string' },
  { name: 'latitude', type: 'double' },
  { name: 'longitude', type: 'double' },
  { name: 'fields', type: 'string' },
  { name: 'signed', type: 'string' },
  { name: 'degreeCertain', type: 'integer' },
  { name: 'degreePossible', type: 'integer' },
  { name: 'centrality', type: 'double' },
  { name: 'component', type: 'integer' },
];

export const edgeColumns: readonly Column<Incidence>[] = [
  column('role', 'string', (it) => it.role),
  column('answer', 'string', (it) => it.answer),
  column('state', 'string', (it) => it.state),
  column('bound', 'string', (it) => runs(it.spells.filter(({ open }) => !open))),
  column('perhapsBound', 'string', (it) => runs(it.spells.filter(({ open }) => open))),
];

export function nodesOf({ parties, agreements }: GraphAnswer): readonly Node[] {
  return [
    ...parties.map(({ id, name, ...values }) => ({
      id,
      label: name ?? id,
      values: { sort: 'party', ...values },
    })),
    ...agreements.map(({ id, title, fields, ...values }) => ({
      id,
      label: title ?? id,
      values: { sort: 'agreement', ...values, fields: fields.join(' ') },
    })),
  ];
}

export function edgeId({ party, agreement }: Incidence): string {
  return `${party} ${agreement}`;
}

/** Runs of days as ISO 8601 intervals, first and last day; `..` where there is no such end. */
export function runs(spells: readonly Spell[]): string {
  return spells.map(({ from, to }) => `${from ?? '..'}/${to ?? '..'}`).join(' ');
}

/** What every export says of the point that it rests on. */
export function pointOf({ on, known }: GraphAnswer): Readonly<Record<string, Value>> {
  return { on, n: known.n, at: known.at };
}
