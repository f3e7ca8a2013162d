import type { MeasureRow, MeasuresAnswer } from '../../../projections/measures/measures.answer.js';
import { type Cell, csv } from './csv.js';
import { stampCells, stampHeader, toldCells, toldHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '取組',
  '段階',
  '分野',
  '団体',
  '名前のない団体',
  '数値',
  'もとの記録',
  ...toldHeader,
];

/** One line for each measure. */
export function measuresCsv(answer: MeasuresAnswer): string {
  return csv(
    header,
    answer.measures.map((it) => [...stampCells(answer), ...cellsOf(it), ...toldCells(it)]),
  );
}

function cellsOf(it: MeasureRow): readonly Cell[] {
  const figures = it.figures.map(({ label, value, printed, unit }) =>
    `${label} ${printed ?? `${value ?? ''}${unit ?? ''}`}`.trim(),
  );
  return [
    it.title,
    it.stage,
    it.field,
    it.parties.map(({ name, id }) => name ?? id).join('、'),
    it.unnamed.join('、'),
    figures.join('、'),
    it.agreement.title ?? it.agreement.id,
  ];
}
