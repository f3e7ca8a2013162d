import type { Reason, ReasonCode } from '../../entries/domain/finding.js';

/** Why not, or why not yet, as a person at the counter hears it. */
const words: Partial<Readonly<Record<ReasonCode, string>>> = {
  'not-begun': '協定の効力がまだ生じていません',
  ended: '協定は終了しています',
  left: '協定から脱退しています',
  'not-concluded': '締結が記録されていません',
  'not-owed': '協定は、この向きの利用を定めていません',
  'topology-unknown': '誰が誰に利用を認めるかが記録されていません',
  'service-not-begun': '利用開始前です',
  'service-not-recorded': '利用開始が記録されていません',
  'service-suspended': '利用は休止中です',
  'service-ended': '利用は終了しています',
  'not-eligible': '利用資格として記されていません',
  excluded: '利用資格から除かれています',
  'part-only': '市の一部の区だけの協定です',
  'kind-not-recorded': 'この種類の施設が対象かどうかが記録されていません',
  practice: '協定書のない運用です',
  'continuation-unsaid': '続いているかどうかが記録されていません',
  'date-unknown': '日付が一日まで分かっていません',
  'order-unknown': '事実の前後が分かっていません',
  'membership-unknown': '構成員が定まっていない集まりの協定があります',
  disputed: '登録内容に異議が出ています',
  fallen: 'もとになる事実が取り消されています',
  pending: '承認を待つ登録があります',
  'claimed-elsewhere': '別の協定が置き換えたと述べられています',
  superseded: '別の協定に置き換えられています',
  'nothing-recorded': '登録がありません',
  'not-under-coverage': '網羅された一覧に登録がありません',
  undisclosed: '公開されていない事実があります',
  'projection/incomplete': '台帳の読み込みが済んでいません',
  'too-many-possibilities': '可能性が多すぎて定まりません',
};

/** What stands against use: the reasons that have words, in their order, at most three. */
export function reasonsInWords(reasons: readonly Reason[]): string {
  return reasons
    .flatMap(({ code }) => words[code] ?? [])
    .slice(0, 3)
    .join('、');
}
