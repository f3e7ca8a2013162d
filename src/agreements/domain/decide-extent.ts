import { refuse } from '../../entries/domain/refusal.js';
import type { Timeline } from '../../entries/domain/timeline.js';
import type { AgreementEvent } from './acts.js';
import { beParty } from './decide-parties.js';

type Agreement = Timeline<AgreementEvent>;

type StatedScope = Extract<AgreementEvent, { type: 'ScopeStated' }>['data'];

export function stateScope(agreement: Agreement, stated: StatedScope, field: string): void {
  if (stated.provider !== undefined) beParty(agreement, stated.provider, `${field}.provider`);
  if (stated.areas !== undefined || stated.wards !== undefined) return;
  refuse('malformed', 'scope/empty', '区域の記載がありません。', {
    field: `${field}.areas`,
    code: 'scope/empty',
    read: '',
    expected: '区域(areas)または区(wards)の一方以上',
  });
}

/** 留保の撤回: of a reservation that stands. */
export function withdrawReservation(agreement: Agreement, party: string, field: string): void {
  beParty(agreement, party, field);
  if (agreement.all('ReservationMade').some((it) => it.data.party === party)) return;
  refuse('conflict', 'agreement/no-reservation', 'この当事者は留保をしていません。', {
    field,
    code: 'agreement/no-reservation',
    read: party,
    expected: '留保をした当事者',
  });
}

type StatedTopology = Extract<AgreementEvent, { type: 'TopologyStated' }>['data'];

export function stateTopology(agreement: Agreement, stated: StatedTopology, field: string): void {
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
