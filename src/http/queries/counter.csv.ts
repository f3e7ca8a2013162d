import type {
  Basis,
  CounterAnswer,
  CounterRow,
  Said,
} from '../../../projections/counter/counter.answer.js';
import { type Cell, csv } from './csv.js';

const header = [
  '時点',
  '登録番号',
  '登録番号の時刻',
  '目的',
  '相手',
  '団体コード',
  '判定',
  '説明',
  '資格',
  '資格のもと',
  '根拠',
  '条項',
  '締結日',
  '締結日(ISO)',
  '利用開始日',
  '利用開始日(ISO)',
  '利用可能な施設数',
  '一覧の施設数',
  '持ち物',
  '制限',
  '対象外',
  '次の変更日',
  '次の変更',
  '問合せ先',
  '電話番号',
  '理由',
  '推定',
  '承認待ちの登録票',
];

/** One line for each ground of each partner, and a last one for everybody who is not listed. */
export function counterCsv(answer: CounterAnswer): string {
  const { on, known, purpose, partners, others } = answer;
  const whole = [on, known.n, known.at, purpose.kind?.name ?? purpose.field];
  const rest = others === undefined ? [] : [['ここにない団体', null, ...cellsWithout(others)]];
  return csv(
    header,
    [...partners.flatMap(linesOf), ...rest].map((line) => [...whole, ...line]),
  );
}

function linesOf(row: CounterRow): readonly (readonly Cell[])[] {
  const { partner, bases } = row;
  const lines = bases.length > 0 ? bases.map(cellsOf) : [cellsWithout(row)];
  return lines.map((it) => [partner.name, partner.code, ...it]);
}

/** A verdict that rests on no ground: no dates, terms or counts. */
function cellsWithout({ word, sentence, reasons, pending, ask }: Said): readonly Cell[] {
  const nothing = Array<Cell>(15).fill(null);
  const codes = reasons.map((it) => it.code).join(' ');
  return [
    word,
    sentence,
    ...nothing,
    ask.party.name,
    ask.telephone,
    codes,
    null,
    pending.join(' '),
  ];
}

function cellsOf(basis: Basis): readonly Cell[] {
  const { eligibility, agreement, rule, signed, serviceStart, facilities, nextChange } = basis;
  return [
    basis.word,
    basis.sentence,
    eligibility.word,
    eligibility.to.name,
    agreement === undefined ? (rule ?? '自らの規則') : (agreement.title ?? agreement.id),
    basis.clause,
    signed?.wareki,
    signed?.iso,
    serviceStart?.wareki,
    serviceStart?.iso,
    facilities.count,
    facilities.listed,
    basis.bring.word,
    basis.limits.word,
    basis.exclusions.word,
    nextChange?.on,
    nextChange?.word,
    basis.contact.office ?? basis.contact.party.name,
    basis.contact.telephone,
    basis.reasons.map((it) => it.code).join(' '),
    basis.presumed.join(' '),
    basis.pending.join(' '),
  ];
}
