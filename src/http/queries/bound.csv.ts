import type { BoundAnswer, Path } from '../../../projections/bound/bound.answer.js';
import { type Cell, csv } from './csv.js';

const header = [
  '時点',
  '登録番号',
  '登録番号の時刻',
  '義務を負う者',
  '義務を受ける者',
  '分野',
  '回答',
  '理由',
  '推定',
  '足りない事実',
  '経路',
  '協定',
  '構成員として',
  '経路の回答',
  '経路の理由',
  '締結日',
  '締結日(ISO)',
];

/** One line for each path; where there is none, one line with the answer alone. */
export function boundCsv(answer: BoundAnswer): string {
  const { on, known, from, to, field, reasons, presumed, missing } = answer;
  const whole = [
    on,
    known.n,
    known.at,
    from.name,
    to.name,
    field,
    answer.answer,
    reasons.map((it) => it.code).join(' '),
    presumed.join(' '),
    missing.map((it) => `${it.type}${it.field === undefined ? '' : `.${it.field}`}`).join(' '),
  ];
  const paths = answer.paths.length > 0 ? answer.paths.map(cellsOf) : [[]];
  return csv(
    header,
    paths.map((path) => [...whole, ...path]),
  );
}

function cellsOf(path: Path): readonly Cell[] {
  const { kind, agreement, through, answer, reasons, signed } = path;
  const codes = reasons.map((it) => it.code).join(' ');
  const title = agreement.title ?? agreement.id;
  return [kind, title, through?.name, answer, codes, signed?.wareki, signed?.iso];
}
