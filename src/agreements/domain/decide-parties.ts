import { refuse } from '../../entries/domain/refusal.js';
import type { Timeline } from '../../entries/domain/timeline.js';
import type { AgreementEvent } from './acts.js';

type Agreement = Timeline<AgreementEvent>;

export function distinct(parties: readonly { readonly party: string }[], field: string): void {
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

/** Everybody who is or was a party by what stands: listed, drafted or acceded. */
export function partiesOf(agreement: Agreement): readonly string[] {
  const listed = agreement.acts.flatMap((it) =>
    it.type === 'AgreementRegistered' || it.type === 'AgreementDrafted' ? it.data.parties : [],
  );
  const acceded = agreement.all('PartyAcceded').map((it) => it.data.party);
  return [...listed.map((it) => it.party), ...acceded];
}

export function accede(agreement: Agreement, party: string, field: string): void {
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

/** 脱退: of somebody who is a party and has not left as often as he came. */
export function withdraw(agreement: Agreement, party: string, field: string): void {
  beParty(agreement, party, field);
  const left = agreement.all('PartyWithdrew').filter((it) => it.data.party === party).length;
  const joined = partiesOf(agreement).filter((it) => it === party).length;
  if (left < joined) return;
  refuse('conflict', 'agreement/already-withdrawn', 'この当事者はすでに脱退しています。', {
    field,
    code: 'agreement/already-withdrawn',
    read: party,
    expected: 'まだ脱退していない当事者',
  });
}

export function beParty(agreement: Agreement, party: string, field: string): void {
  if (!partiesOf(agreement).includes(party)) notParty(party, field);
}

export function notParty(party: string, field: string): never {
  return refuse('conflict', 'agreement/not-a-party', 'この協定の当事者ではありません。', {
    field,
    code: 'agreement/not-a-party',
    read: party,
    expected: 'この協定の当事者',
  });
}
