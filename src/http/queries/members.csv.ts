import type { MembersAnswer } from '../../../projections/members/members.query.js';
import { csv } from './csv.js';
import { stampCells, stampHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '会議体・グループ',
  '構成員',
  '団体コード',
  '回答',
  '理由',
  '推定',
  '出典',
  '出典の箇所',
];

/** One line for each membership. */
export function membersCsv(answer: MembersAnswer): string {
  return csv(
    header,
    answer.members.map((it) => [
      ...stampCells(answer),
      it.council.name,
      it.member.name,
      it.member.code,
      it.answer,
      it.reasons.map(({ code }) => code).join(' '),
      it.presumed.join(' '),
      it.acts.map(({ source }) => source?.document ?? '').join(' '),
      it.acts.map(({ source }) => source?.place ?? '').join(' '),
    ]),
  );
}
