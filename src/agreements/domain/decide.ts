import { refuse } from '../../entries/domain/refusal.js';
import type { Timeline } from '../../entries/domain/timeline.js';
import type { AgreementEvent } from './acts.js';
import { binds } from './vocabulary.js';

type Agreement = Timeline<AgreementEvent>;

/**
 * Whether an act may be entered: it is refused when it can be true on no day, or skips one of the
 * few steps that a draft begun here must take. Early, late, missing and odd order are recorded.
 */
export function decideAct(agreement: Agreement, act: AgreementEvent, field: string): void {
  switch (act.type) {
    case 'AgreementRegistered':
    case 'AgreementDrafted':
      return distinct(act.data.parties, `${field}.data.parties`);
    case 'PartySigned':
      return sign(agreement, act.data.party, field);
    case 'AgreementConcluded':
      return conclude(agreement);
    case 'PartyAcceded':
      return accede(agreement, act.data.party, field);
    case 'WithdrawalNotified':
    case 'PartyWithdrew':
    case 'NonRenewalNotified':
      return beParty(agreement, act.data.party, `${field}.data.party`);
    case 'TopologyStated':
      return stateTopology(agreement, act.data, `${field}.data`);
    case 'FacilitiesCounted':
      return beParty(agreement, act.data.of, `${field}.data.of`);
    case 'TermsOfUseSet':
      return beParty(agreement, act.data.provider, `${field}.data.provider`);
    case 'AgreementEnded':
      return end(agreement);
    case 'AgreementTookEffect':
    case 'ServiceStarted':
    case 'AgreementAmended':
      return beConcluded(agreement);
    case 'AgreementSuperseded':
    case 'AgreementRelated':
      return relate(agreement, act, field);
    default:
      return undefined;
  }
}

function distinct(parties: readonly { readonly party: string }[], field: string): void {
  const seen = new Set<string>();
  parties.forEach(({ party }, i) => {
    if (seen.has(party)) {
      refuse('conflict', 'agreement/party-twice', '同じ当事者が二度記されています。', {
        field: `${field}[${i}].party`,
        code: 'agreement/party-twice',
        read: party,
        expected: '当事者ごとに一度',
      });
    }
    seen.add(party);
  });
}

function sign(agreement: Agreement, party: string, field: string): void {
  const draft = drafted(agreement);
  if (!draft.data.parties.some((it) => it.party === party)) notParty(party, `${field}.data.party`);
  if (agreement.all('PartySigned').some((it) => it.data.party === party)) {
    refuse('conflict', 'agreement/already-signed', 'この当事者はすでに署名しています。', {
      field: `${field}.data.party`,
      code: 'agreement/already-signed',
      read: party,
      expected: 'まだ署名していない当事者',
    });
  }
}

/** 締結: a draft begun here is concluded when each of its parties has signed. */
function conclude(agreement: Agreement): void {
  const draft = drafted(agreement);
  if (agreement.standing('AgreementConcluded') !== undefined) {
    refuse('conflict', 'agreement/already-concluded', 'この協定はすでに締結されています。');
  }
  const signed = agreement.all('PartySigned').map((it) => it.data.party);
  const bound = draft.data.parties.filter((it) => binds(it.role));
  const missing = bound.map((it) => it.party).filter((party) => !signed.includes(party));
  if (missing.length > 0) {
    refuse(
      'conflict',
      'agreement/signatures-missing',
      'まだ署名していない当事者がいます。',
      ...missing.map((party) => ({
        field: 'parties',
        code: 'agreement/signatures-missing',
        read: party,
        expected: 'すべての当事者の署名',
      })),
    );
  }
}

function drafted(agreement: Agreement) {
  return (
    agreement.standing('AgreementDrafted') ??
    refuse('conflict', 'agreement/not-drafted', 'この協定はここで起案されたものではありません。')
  );
}

/** Only a draft begun here must be concluded first: an old paper's facts come in any order. */
function beConcluded(agreement: Agreement): void {
  if (agreement.standing('AgreementDrafted') === undefined) return;
  if (agreement.standing('AgreementConcluded') !== undefined) return;
  refuse('conflict', 'agreement/not-concluded', 'この協定はまだ締結されていません。');
}

function end(agreement: Agreement): void {
  beConcluded(agreement);
  if (agreement.standing('AgreementEnded') !== undefined) {
    refuse('conflict', 'agreement/already-ended', 'この協定の終了はすでに登録されています。');
  }
}

/** Everybody who is or was a party by what stands: listed, drafted or acceded. */
export function partiesOf(agreement: Agreement): readonly string[] {
  const listed = agreement.acts.flatMap((it) =>
    it.type === 'AgreementRegistered' || it.type === 'AgreementDrafted' ? it.data.parties : [],
  );
  const acceded = agreement.all('PartyAcceded').map((it) => it.data.party);
  return [...listed.map((it) => it.party), ...acceded];
}

function accede(agreement: Agreement, party: string, field: string): void {
  const left = agreement.all('PartyWithdrew').filter((it) => it.data.party === party).length;
  const joined = partiesOf(agreement).filter((it) => it === party).length;
  if (joined > left) {
    refuse('conflict', 'agreement/already-a-party', 'すでにこの協定の当事者です。', {
      field: `${field}.data.party`,
      code: 'agreement/already-a-party',
      read: party,
      expected: 'まだ当事者でない団体',
    });
  }
}

function beParty(agreement: Agreement, party: string, field: string): void {
  if (!partiesOf(agreement).includes(party)) notParty(party, field);
}

function notParty(party: string, field: string): never {
  return refuse('conflict', 'agreement/not-a-party', 'この協定の当事者ではありません。', {
    field,
    code: 'agreement/not-a-party',
    read: party,
    expected: 'この協定の当事者',
  });
}

type StatedTopology = Extract<AgreementEvent, { type: 'TopologyStated' }>['data'];

function stateTopology(agreement: Agreement, stated: StatedTopology, field: string): void {
  const missing = (name: string, expected: string): never =>
    refuse('malformed', 'topology/incomplete', '拘束関係の記載が足りません。', {
      field: `${field}.${name}`,
      code: 'topology/incomplete',
      read: '',
      expected,
    });
  const { shape, of, pairs } = stated;
  if ((shape === 'hub' || shape === 'oneWay') && of === undefined)
    missing('of', '中心となる当事者');
  if (shape === 'pairs' && (pairs ?? []).length === 0)
    missing('pairs', '義務を負う者と受ける者の組');
  if (of !== undefined) beParty(agreement, of, `${field}.of`);
  (pairs ?? []).forEach(({ provider, beneficiary }, i) => {
    beParty(agreement, provider, `${field}.pairs[${i}].provider`);
    beParty(agreement, beneficiary, `${field}.pairs[${i}].beneficiary`);
    if (provider === beneficiary) {
      refuse('malformed', 'topology/self', '自分自身への義務は記載できません。', {
        field: `${field}.pairs[${i}]`,
        code: 'topology/self',
        read: provider,
        expected: '異なる二つの当事者',
      });
    }
  });
}

function relate(
  agreement: Agreement,
  act: Extract<AgreementEvent, { type: 'AgreementSuperseded' | 'AgreementRelated' }>,
  field: string,
): void {
  const other = act.type === 'AgreementSuperseded' ? act.data.supersedes : act.data.to;
  const own = agreement.events[0]?.event.stream.endsWith(other) === true;
  if (!own) return;
  refuse('conflict', 'agreement/itself', '協定を自分自身と関係づけることはできません。', {
    field: `${field}.data.${act.type === 'AgreementSuperseded' ? 'supersedes' : 'to'}`,
    code: 'agreement/itself',
    read: other,
    expected: '別の協定のid',
  });
}
