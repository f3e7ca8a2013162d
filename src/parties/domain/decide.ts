import { refuse } from '../../entries/domain/refusal.js';
import type { Timeline } from '../../entries/domain/timeline.js';
import type { PartyEvent } from './acts.js';
import { decideSuccession } from './decide-succession.js';
import { faultOfCode, faultOfCorporateNumber, type CodeFault } from './local-government-code.js';

/** Whether an act may be entered on a party's stream. */
export function decidePartyAct(party: Timeline<PartyEvent>, act: PartyEvent, field: string): void {
  switch (act.type) {
    case 'PartyRegistered':
      return checkCodes(act.data, field);
    case 'CodeAssigned':
      return checkCodes(act.data, field);
    case 'PartySucceeded':
      checkCodes(act.data, field);
      return decideSuccession(act, field);
    case 'MemberJoined':
      return join(party, act, field);
    case 'MemberLeft':
      return leave(party, act.data.member, field);
    default:
      return undefined;
  }
}

const expectations: Readonly<Record<string, Readonly<Record<CodeFault, string>>>> = {
  code: {
    form: '6桁の全国地方公共団体コード',
    'check-digit': '検査数字の合う全国地方公共団体コード',
  },
  corporateNumber: { form: '13桁の法人番号', 'check-digit': '検査数字の合う法人番号' },
};

function checkCodes(
  data: { readonly code?: string; readonly corporateNumber?: string },
  field: string,
): void {
  checkCode('code', data.code, faultOfCode, field);
  checkCode('corporateNumber', data.corporateNumber, faultOfCorporateNumber, field);
}

function checkCode(
  name: 'code' | 'corporateNumber',
  value: string | undefined,
  faultOf: (value: string) => CodeFault | undefined,
  field: string,
): void {
  const found = value === undefined ? undefined : faultOf(value);
  if (value === undefined || found === undefined) return;
  const code = `party/${name === 'code' ? 'code' : 'corporate-number'}-${found}`;
  refuse('malformed', code, 'コードが正しくありません。', {
    field: `${field}.data.${name}`,
    code,
    read: value,
    expected: expectations[name]?.[found] ?? '',
  });
}

function join(
  party: Timeline<PartyEvent>,
  act: Extract<PartyEvent, { type: 'MemberJoined' }>,
  field: string,
): void {
  const { member } = act.data;
  if (act.stream.endsWith(member)) {
    refuse('conflict', 'party/own-member', '自分自身の構成員にはなれません。', {
      field: `${field}.data.member`,
      code: 'party/own-member',
      read: member,
      expected: '別の団体',
    });
  }
  if (memberships(party, member) > 0) {
    refuse('conflict', 'party/already-a-member', 'すでに構成員です。', {
      field: `${field}.data.member`,
      code: 'party/already-a-member',
      read: member,
      expected: 'まだ構成員でない団体',
    });
  }
}

function leave(party: Timeline<PartyEvent>, member: string, field: string): void {
  if (memberships(party, member) > 0) return;
  refuse('conflict', 'party/not-a-member', 'この団体の構成員ではありません。', {
    field: `${field}.data.member`,
    code: 'party/not-a-member',
    read: member,
    expected: 'この団体の構成員',
  });
}

/** How often it joined, less how often it left. */
function memberships(party: Timeline<PartyEvent>, member: string): number {
  const joined = party.all('MemberJoined').filter((it) => it.data.member === member).length;
  return joined - party.all('MemberLeft').filter((it) => it.data.member === member).length;
}
