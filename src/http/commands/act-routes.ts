import type { StreamKind } from '../../entries/domain/act-type.js';

/** A door for one act: its last path segment, the act, and what it does in Japanese. */
export interface ActRoute {
  /** Behind the stream's own path; for an opening behind the collection's, which may be ''. */
  readonly path: string;
  readonly act: string;
  readonly summary: string;
}

export interface ActRoutes {
  readonly kind: Exclude<StreamKind, 'register'>;
  readonly base: string;
  readonly openings: readonly ActRoute[];
  readonly acts: readonly ActRoute[];
}

/** On every kind of stream (domain § 8). */
const common = routes({
  corrections: ['FactCorrected', '登録の誤りを訂正する'],
  retractions: ['FactRetracted', '登録すべきでなかった事実を取り消す'],
  'dispute-settlements': ['DisputeSettled', '異議を決着させる'],
});

export const agreementRoutes: ActRoutes = {
  kind: 'agreement',
  base: 'api/agreements',
  openings: routes({
    '': ['AgreementRegistered', '締結済みの協定を、その文書から一度に登録する'],
    drafts: ['AgreementDrafted', '協定を起案する'],
  }),
  acts: [
    ...routes({
      signatures: ['PartySigned', '当事者一者の署名を記録する'],
      conclusion: ['AgreementConcluded', '全当事者の署名がそろった協定の締結を記録する'],
      'legal-bases': ['LegalBasisStated', '法的根拠を記録する'],
      resolutions: ['ResolutionPassed', '議会の議決を記録する'],
      'unnecessary-resolutions': ['ResolutionFoundUnnecessary', '議決を要しないことを記録する'],
      'public-notices': ['PublicNoticeGiven', '告示を記録する'],
      notifications: ['NotificationFiled', '届出を記録する'],
      effect: ['AgreementTookEffect', '効力の発生を記録する'],
      terms: ['TermAgreed', '有効期間を記録する'],
      topology: ['TopologyStated', '誰が誰に義務を負うか(拘束関係)を記録する'],
      umbrellas: ['BoundThroughStated', '構成員として拘束されることを、述べられたとおり記録する'],
      scopes: ['ScopeStated', '義務の及ぶ区域を記録する'],
      reservations: ['ReservationMade', '当事者の留保を記録する'],
      'reservation-withdrawals': ['ReservationWithdrawn', '留保の撤回を記録する'],
      'service-starts': ['ServiceStarted', '利用開始を記録する'],
      'service-suspensions': ['ServiceSuspended', '利用の休止を記録する'],
      'service-resumptions': ['ServiceResumed', '利用の再開を記録する'],
      'service-ends': ['ServiceEnded', '利用の終了を記録する'],
      'facility-counts': ['FacilitiesCounted', '利用可能な施設数を、出典の言うとおり記録する'],
      'facility-offers': ['FacilityOffered', '施設を相互利用に供する'],
      'facility-withdrawals': ['FacilityWithdrawn', '施設を相互利用から外す'],
      'terms-of-use': ['TermsOfUseSet', '利用資格・持ち物・制限を記録する'],
      measures: ['MeasureRecorded', '取組を記録する'],
      contacts: ['ContactStated', '問合せ先を記録する'],
      amendments: ['AgreementAmended', '変更(改正)を記録する'],
      accessions: ['PartyAcceded', '当事者の加入を記録する'],
      'withdrawal-notices': ['WithdrawalNotified', '脱退の予告を記録する'],
      withdrawals: ['PartyWithdrew', '当事者の脱退を記録する'],
      'non-renewal-notices': ['NonRenewalNotified', '更新しない旨の予告を記録する'],
      renewals: ['RenewalConfirmed', '更新の確認を記録する'],
      end: ['AgreementEnded', '協定の終了を記録する'],
      supersessions: ['AgreementSuperseded', 'この協定が置き換える協定を記録する'],
      relations: ['AgreementRelated', 'ほかの協定との関係を記録する'],
      documents: ['DocumentAttached', '文書(SHA-256)を添える'],
      disclosure: ['DisclosureDecided', '公開・非公開を決める'],
      reviews: ['ReviewHeld', '見直しを記録する'],
      invocations: ['InvokedInIncident', '災害などでの発動を記録する'],
      drills: ['DrillHeld', '訓練を記録する'],
    }),
    ...common,
  ],
};

export const partyRoutes: ActRoutes = {
  kind: 'party',
  base: 'api/parties',
  openings: routes({ '': ['PartyRegistered', '当事者を登録する'] }),
  acts: [
    ...routes({
      names: ['PartyRenamed', '改称を記録する'],
      codes: ['CodeAssigned', '団体コードの変更を記録する'],
      'office-locations': ['OfficeLocated', '役所の位置を記録する'],
      successions: ['PartySucceeded', '合併・分割・承継を記録する'],
      members: ['MemberJoined', '構成員の加入を記録する'],
      departures: ['MemberLeft', '構成員の脱退を記録する'],
      offices: ['OfficeChanged', '役職とその職にある者を記録する'],
      figures: ['FiguresPublished', '公表された数値を記録する'],
      coverages: ['CoverageStated', '一覧がその分野を網羅することを述べる'],
      'terms-of-use': ['TermsOfUseSet', '自らの施設の利用資格・持ち物・制限を述べる'],
      meetings: ['MeetingHeld', '会議の開催を記録する'],
    }),
    ...common,
  ],
};

export const facilityRoutes: ActRoutes = {
  kind: 'facility',
  base: 'api/facilities',
  openings: routes({ '': ['FacilityRegistered', '施設を登録する'] }),
  acts: [
    ...routes({
      changes: ['FacilityChanged', '施設の変更を記録する'],
      closing: ['FacilityClosed', '施設の閉鎖を記録する'],
    }),
    ...common,
  ],
};

export const proposalRoutes: ActRoutes = {
  kind: 'proposal',
  base: 'api/proposals',
  openings: routes({
    '': ['ProposalReceived', '提案の受付を記録する'],
    counts: ['ProposalsCounted', '提案の総数を、出典の言うとおり記録する'],
  }),
  acts: [
    ...routes({
      stages: ['ProposalAdvanced', '提案の進み具合を記録する'],
      realisation: ['ProposalRealised', '提案の実現を記録する'],
      decline: ['ProposalDeclined', '提案を採らなかったことを記録する'],
      disclosure: ['DisclosureDecided', '公開・非公開を決める'],
    }),
    ...common,
  ],
};

export const allActRoutes: readonly ActRoutes[] = [
  agreementRoutes,
  partyRoutes,
  facilityRoutes,
  proposalRoutes,
];

function routes(
  table: Readonly<Record<string, readonly [act: string, summary: string]>>,
): readonly ActRoute[] {
  return Object.entries(table).map(([path, [act, summary]]) => ({ path, act, summary }));
}
