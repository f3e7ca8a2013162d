import type {
  MutualUseAnswer,
  MutualUseRow,
} from '../../../projections/mutual-use/mutual-use.answer.js';
import { type Cell, csv } from './csv.js';

const header = [
  '時点',
  '登録番号',
  '登録番号の時刻',
  '相手',
  '団体コード',
  '当方',
  '協定',
  '回答',
  '相手の住民が当方を利用',
  '当方の住民が相手を利用',
  '締結日',
  '締結日(ISO)',
  '利用開始日',
  '利用開始日(ISO)',
  '利用可能な施設数',
  '一覧の施設数',
  '差',
  '理由',
  '推定',
  '承認待ちの登録票',
];

/** The table of mutual use for a spreadsheet; each line carries the day and the number it rests on. */
export function mutualUseCsv(answer: MutualUseAnswer): string {
  const { on, known } = answer;
  return csv(
    header,
    answer.rows.map((row) => [on, known.n, known.at, ...cellsOf(row)]),
  );
}

function cellsOf(row: MutualUseRow): readonly Cell[] {
  const { partner, agreement, directions, signed, serviceStart, facilities } = row;
  return [
    partner.name,
    partner.code,
    row.as?.name,
    agreement.title ?? agreement.id,
    row.answer,
    directions.partnerUsesOurs.answer,
    directions.weUsePartners.answer,
    signed?.wareki,
    signed?.iso,
    serviceStart?.wareki,
    serviceStart?.iso,
    facilities.count,
    facilities.difference === null ? null : facilities.listed,
    facilities.difference,
    row.reasons.map((it) => it.code).join(' '),
    row.presumed.join(' '),
    row.pending.join(' '),
  ];
}
