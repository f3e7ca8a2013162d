import type { ToldShown } from '../../../projections/told-finding.js';
import type { Stamp } from '../../../projections/stamp.js';
import type { Cell } from './csv.js';

export const stampHeader = ['時点', '登録番号', '登録番号の時刻'];

export function stampCells({ on, known }: Stamp): readonly Cell[] {
  return [on, known.n, known.at];
}

/** What every table of facts says of each fact. */
export const toldHeader = [
  '回答',
  '理由',
  '推定',
  '日(締結等)',
  '日(効力・開始)',
  '出典',
  '出典の箇所',
  '出典の書かれた時期',
  '承認待ちの登録票',
  '事実の登録番号',
];

export function toldCells(it: ToldShown): readonly Cell[] {
  return [
    it.answer,
    it.reasons.map(({ code }) => code).join(' '),
    it.presumed.join(' '),
    it.acted?.text ?? it.acted?.wareki,
    it.effective?.text ?? it.effective?.wareki,
    it.source?.document,
    it.source?.place,
    it.source?.written?.wareki,
    it.pending.join(' '),
    it.n,
  ];
}
