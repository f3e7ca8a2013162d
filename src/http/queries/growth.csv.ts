import type { GrowthAnswer } from '../../../projections/agreement-graph/growth.answer.js';
import { csv } from './csv.js';
import { stampCells, stampHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '当事者',
  '分野',
  '年',
  '締結(確実)',
  '締結(最大)',
  '終了(確実)',
  '終了(最大)',
  '年末に有効(確実)',
  '年末に有効(最大)',
  '年末に拘束される当事者(確実)',
  '年末に拘束される当事者(最大)',
];

/** One line for each year, and one for what has no day. */
export function growthCsv(answer: GrowthAnswer): string {
  const whose = [...stampCells(answer), answer.of?.name, answer.field];
  const { undated } = answer;
  return csv(header, [
    ...answer.years.map((it) => [
      ...whose,
      it.year,
      it.concluded.certain,
      it.concluded.possible,
      it.ended.certain,
      it.ended.possible,
      it.inForce.certain,
      it.inForce.possible,
      it.parties.certain,
      it.parties.possible,
    ]),
    [...whose, '日付なし', undated.concluded, undated.concluded, undated.ended, undated.ended],
  ]);
}
