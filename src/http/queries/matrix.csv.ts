import type { MatrixAnswer } from '../../../projections/agreement-graph/matrix.answer.js';
import { csv } from './csv.js';
import { stampCells, stampHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '分野',
  '義務を負う者',
  '義務を受ける者',
  '回答',
  '理由',
  '推定',
  '何を通じて',
  '協定',
  '承認待ちの登録票',
];

/** One line for each cell. */
export function matrixCsv(answer: MatrixAnswer): string {
  const names = new Map(answer.parties.map(({ id, name }) => [id, name ?? id]));
  const titles = new Map(answer.agreements.map(({ id, title }) => [id, title ?? id]));
  return csv(
    header,
    answer.cells.map((it) => [
      ...stampCells(answer),
      it.field,
      names.get(it.from),
      names.get(it.to),
      it.answer,
      it.reasons.map(({ code }) => code).join(' '),
      it.presumed.join(' '),
      it.how.join(' '),
      it.agreements.map((id) => titles.get(id) ?? id).join('、'),
      it.pending.join(' '),
    ]),
  );
}
