import { refuse } from '../../entries/domain/refusal.js';
import type { Timeline } from '../../entries/domain/timeline.js';
import type { AgreementEvent } from './acts.js';
import { stateScope, stateTopology, withdrawReservation } from './decide-extent.js';
import { accede, beParty, distinct, notParty, withdraw } from './decide-parties.js';
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
    case 'PartyWithdrew':
      return withdraw(agreement, act.data.party, `${field}.data.party`);
    case 'ScopeStated':
      return stateScope(agreement, act.data, `${field}.data`);
    case 'ReservationWithdrawn':
      return withdrawReservation(agreement, act.data.party, `${field}.data.party`);
    case 'WithdrawalNotified':
    case 'NonRenewalNotified':
    case 'ReservationMade':
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
