import type { NeighbourhoodAnswer } from '../../../projections/agreement-graph/neighbourhood.answer.js';
import { csv } from './csv.js';
import { stampCells, stampHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '当事者',
  '協定',
  '種別',
  '分野',
  '回答',
  '状態',
  '理由',
  '推定',
  '締結日',
  '二者間',
  '誰として',
  'ほかの当事者',
  'ほかの当事者の数',
  '名前のない団体',
  '承認待ちの登録票',
];

/** One line for each agreement of the page. */
export function neighbourhoodCsv(answer: NeighbourhoodAnswer): string {
  return csv(
    header,
    answer.agreements.map((it) => [
      ...stampCells(answer),
      answer.of.name,
      it.agreement.title ?? it.agreement.id,
      it.agreement.kind,
      it.fields.join(' '),
      it.answer,
      it.state,
      it.reasons.map(({ code }) => code).join(' '),
      it.presumed.join(' '),
      it.signed?.wareki,
      it.bilateral === null ? null : String(it.bilateral),
      it.as.map(({ carrier }) => carrier.name ?? carrier.id).join('、'),
      it.others.map(({ name, id }) => name ?? id).join('、'),
      it.othersTotal,
      it.unnamed.join('、'),
      it.pending.join(' '),
    ]),
  );
}
