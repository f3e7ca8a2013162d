import type { GapsAnswer } from '../../../projections/agreement-graph/gaps.answer.js';
import { csv } from './csv.js';
import { stampCells, stampHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '分野',
  '甲',
  '乙',
  '庁舎間の距離(km)',
  '隣り合うことの根拠',
  '空白',
  '甲が乙に義務を負うか',
  '乙が甲に義務を負うか',
  '理由',
  '協定',
];

/** One line for each pair. */
export function gapsCsv(answer: GapsAnswer): string {
  const titles = new Map(answer.agreements.map(({ id, title }) => [id, title ?? id]));
  const basis = answer.basis === 'given' ? '指定' : '庁舎の位置からの推定';
  return csv(
    header,
    answer.pairs.map(({ a, b, distanceKm, gap, directions }) => {
      const agreements = new Set(directions.flatMap((it) => it.agreements));
      const codes = new Set(directions.flatMap((it) => it.reasons.map(({ code }) => code)));
      return [
        ...stampCells(answer),
        answer.field,
        a.name ?? a.id,
        b.name ?? b.id,
        distanceKm,
        basis,
        gap,
        ...directions.map((it) => it.answer),
        [...codes].join(' '),
        [...agreements].map((id) => titles.get(id) ?? id).join('、'),
      ];
    }),
  );
}
