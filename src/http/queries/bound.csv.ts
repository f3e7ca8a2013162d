import type {
  BoundAnswer,
  LinkShown,
  Path,
  Period,
} from '../../../projections/bound/bound.answer.js';
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
  '義務を負う側の経路',
  '義務を受ける側の経路',
  '経路の期間',
  '経路の総数',
  '打ち切り',
];

/** One line for each path that is shown; where there is none, one line with the answer alone. */
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
  const paths = answer.paths.length > 0 ? answer.paths.map((it) => cellsOf(it, answer)) : [[]];
  return csv(
    header,
    paths.map((path) => [...whole, ...path]),
  );
}

/** `member:九都県市 ward:鶴見区`; empty where the one asked about stands there itself. */
function chainOf(links: readonly LinkShown[]): string {
  return links.map(({ kind, to }) => `${kind}:${to.name ?? to.id}`).join(' ');
}

/** `2011-11-30/:yes`, the days from the first up to, and without, the second. */
function periodOf({ from, to, answer }: Period): string {
  return `${from ?? ''}/${to ?? ''}:${answer}`;
}

function cellsOf(path: Path, { pathsTotal, cut }: BoundAnswer): readonly Cell[] {
  const { kind, agreement, through, answer, reasons, signed } = path;
  const codes = reasons.map((it) => it.code).join(' ');
  const title = agreement.title ?? agreement.id;
  return [
    kind,
    title,
    through?.name,
    answer,
    codes,
    signed?.wareki,
    signed?.iso,
    chainOf(path.chains.from),
    chainOf(path.chains.to),
    path.periods
      .filter((it) => it.answer !== 'no')
      .map(periodOf)
      .join(' '),
    pathsTotal,
    cut === true ? 'はい' : undefined,
  ];
}
