import type { FiguresAnswer } from '../../../projections/figures/figures.query.js';
import { csv } from './csv.js';
import { stampCells, stampHeader, toldCells, toldHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '団体',
  '団体コード',
  '項目',
  '値',
  '印刷のまま',
  '単位',
  'いつの数値か',
  ...toldHeader,
];

/** One line for each figure. */
export function figuresCsv(answer: FiguresAnswer): string {
  return csv(
    header,
    answer.figures.flatMap((it) =>
      it.figures.map(({ label, value, printed, unit }) => [
        ...stampCells(answer),
        it.party.name,
        it.party.code,
        label,
        value,
        printed,
        unit,
        it.asOf?.text ?? it.asOf?.wareki,
        ...toldCells(it),
      ]),
    ),
  );
}
