import type { ProposalsAnswer } from '../../../projections/proposals/proposals.answer.js';
import { csv } from './csv.js';
import { stampCells, stampHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '種類',
  '受付団体',
  '窓口',
  '段階',
  '件数',
  '期間',
  '提案',
  '提案者',
  '結果',
  '回答',
  '出典',
  '出典の箇所',
];

/** One line for each total, then one for each proposal. */
export function proposalsCsv(answer: ProposalsAnswer): string {
  const stamp = stampCells(answer);
  const counts = answer.counts.map((it) => [
    ...stamp,
    '総数',
    it.receiver?.name,
    it.channel,
    it.stage,
    it.count,
    it.period?.text ?? it.period?.wareki,
    null,
    null,
    null,
    it.answer,
    it.source?.document,
    it.source?.place,
  ]);
  const proposals = answer.proposals.map((it) => [
    ...stamp,
    '提案',
    it.receiver?.name,
    it.channel,
    [...it.states, it.stage].filter((word) => word !== null).join(' '),
    null,
    null,
    it.title,
    [...it.proposers.map(({ name, id }) => name ?? id), ...it.unnamed].join('、'),
    it.outcome,
    it.answer,
    null,
    null,
  ]);
  return csv(header, [...counts, ...proposals]);
}
