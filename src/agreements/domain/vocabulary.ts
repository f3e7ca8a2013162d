/** 種別 — what kind of instrument an agreement is (domain § 2). */
export const instrumentKinds = [
  'agreement',
  'memorandum',
  'comprehensive',
  'covenant',
  'statute',
  'contract',
  'guideline',
  'declaration',
  'practice',
  'unknown',
] as const;
export type InstrumentKind = (typeof instrumentKinds)[number];

export const instrumentKindNames: Readonly<Record<InstrumentKind, string>> = {
  agreement: '協定書',
  memorandum: '覚書',
  comprehensive: '包括連携協定',
  covenant: '連携協約',
  statute: '規約',
  contract: '協働契約',
  guideline: '実施要綱・実施細目',
  declaration: '共同宣言',
  practice: '協定書のない運用',
  unknown: '種別不明',
};

/** Roles in an agreement: only a party is bound, whatever else it does (domain § 3, § 5). */
export const partyRoles = [
  'party',
  'representative',
  'secretariat',
  'proposer',
  'cooperation',
  'specialCooperation',
  'participation',
  'mentioned',
] as const;
export type PartyRole = (typeof partyRoles)[number];

/** A party, or the city that speaks for the parties, is bound; a secretariat alone is not. */
export function binds(role: PartyRole | undefined): boolean {
  return role === undefined || role === 'party' || role === 'representative';
}

/** 分野 — the fields an agreement may be about. */
export const fields = [
  '災害時相互応援',
  '図書館',
  '公共施設相互利用',
  '保育',
  '防犯',
  '防災',
  '包括連携',
  '観光',
  'まちづくり',
  '環境・エネルギー',
  '消費生活',
  '保健',
  '住民票等',
  '福祉',
  '文化・交流',
  '広報',
  '議会',
  '職員研修',
  '選挙',
  '交通',
  '行政改革',
  '情報システム',
  '協働・共創',
  '上下水道',
  '専門人材',
  '広域連携',
  'その他',
] as const;
export type Subject = (typeof fields)[number];

/** How far a measure is, as its source tells it. Only what is done was done. */
export const stages = ['done', 'planned', 'considered', 'confirmed', 'possible'] as const;
export type Stage = (typeof stages)[number];
