import type { GraphAnswer } from '../../../projections/agreement-graph/graph.query.js';
import type { GraphFiguresAnswer } from '../../../projections/agreement-graph/figures-answer.js';
import { csv } from './csv.js';
import { runs } from './graph-columns.js';
import { stampCells, stampHeader } from './told.csv.js';

const incidenceHeader = [
  ...stampHeader,
  '当事者',
  '団体コード',
  '緯度',
  '経度',
  '協定',
  '協定のid',
  '種別',
  '分野',
  '締結日(ISO)',
  '役割',
  '回答',
  '状態',
  '拘束される日',
  '拘束されるかもしれない日',
];

/** One line for each party's standing in an agreement. */
export function graphCsv(answer: GraphAnswer): string {
  const parties = new Map(answer.parties.map((it) => [it.id, it]));
  const agreements = new Map(answer.agreements.map((it) => [it.id, it]));
  return csv(
    incidenceHeader,
    answer.incidences.map((it) => {
      const party = parties.get(it.party);
      const agreement = agreements.get(it.agreement);
      return [
        ...stampCells(answer),
        party?.name ?? it.party,
        party?.code,
        party?.latitude,
        party?.longitude,
        agreement?.title ?? it.agreement,
        it.agreement,
        agreement?.kind,
        agreement?.fields.join(' '),
        agreement?.signed,
        it.role,
        it.answer,
        it.state,
        runs(it.spells.filter(({ open }) => !open)),
        runs(it.spells.filter(({ open }) => open)),
      ];
    }),
  );
}

const figuresHeader = [
  ...stampHeader,
  '当事者',
  '団体コード',
  '協定(確実)',
  '協定(最大)',
  '中心性',
  '連結成分',
];

/** One line for each of the parties that stand in most agreements. */
export function graphFiguresCsv(answer: GraphFiguresAnswer): string {
  return csv(
    figuresHeader,
    answer.parties.map((it) => [
      ...stampCells(answer),
      it.name ?? it.id,
      it.code,
      it.degreeCertain,
      it.degreePossible,
      it.centrality,
      it.component,
    ]),
  );
}
