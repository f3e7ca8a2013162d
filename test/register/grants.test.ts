import { describe, expect, test } from 'vitest';

import type { Actor, Numbered, Role } from '../../src/entries/domain/event.js';
import { Refusal } from '../../src/entries/domain/refusal.js';
import {
  administratorFor,
  type Administrator,
  grantRole,
  revokeRole,
} from '../../src/register/domain/change-grant.js';
import {
  type Grant,
  grantsAt,
  type Grants,
  nothingGranted,
  type RegisterStreamEvent,
} from '../../src/register/domain/grants.js';

const [yokohama, kamakura] = ['yokohama', 'kamakura'];
const [aoki, baba, chiba] = ['aoki', 'baba', 'chiba'];

const grant = (account: string, role: Role, body = yokohama): Grant => ({ account, role, body });

const opened = happened('RegisterOpened', {
  name: '結',
  operator: yokohama,
  operatorName: '横浜市',
  grants: [grant(aoki, 'administrator'), grant(baba, 'registrar')],
  loaders: { registrar: 'loader-1', approver: 'loader-2' },
  ground: '要綱第1条',
});

describe('the grants standing at n', () => {
  const history = numbered(
    [0, opened],
    [5, happened('RoleGranted', grant(chiba, 'approver', kamakura))],
    [9, happened('RoleRevoked', grant(baba, 'registrar'))],
    [12, happened('RoleGranted', grant(baba, 'registrar'))],
  );
  const heldAt = (n: number, account: string) =>
    grantsAt(history, n).standing.flatMap((it) => (it.account === account ? [it.role] : []));

  test('before the opening nobody may do anything, and there is no operator', () => {
    expect(grantsAt(history, -1)).toEqual(nothingGranted);
  });

  test('the opening grants the first roles, and the loaders theirs for the operator', () => {
    expect(grantsAt(history, 0)).toEqual({
      operator: yokohama,
      standing: [
        grant(aoki, 'administrator'),
        grant(baba, 'registrar'),
        grant('loader-1', 'registrar'),
        grant('loader-2', 'approver'),
      ],
    });
  });

  test('a grant counts from its own n on, and until the n of its revocation', () => {
    expect([4, 5].map((n) => heldAt(n, chiba))).toEqual([[], ['approver']]);
    expect([8, 9, 11, 12].map((n) => heldAt(n, baba))).toEqual([
      ['registrar'],
      [],
      [],
      ['registrar'],
    ]);
  });

  test('a revocation ends that role for that body alone', () => {
    const mine = [
      grant(chiba, 'approver'),
      grant(chiba, 'approver', kamakura),
      grant(chiba, 'auditor'),
    ];
    const events = [
      ...mine.map((it, i) => [i + 1, happened('RoleGranted', it)] as const),
      [7, happened('RoleRevoked', grant(chiba, 'approver'))] as const,
    ];
    expect(grantsAt(numbered([0, opened], ...events), 7).standing.slice(4)).toEqual(mine.slice(1));
  });

  test('a role granted twice is gone with one revocation', () => {
    const twice = numbered(
      [0, opened],
      [1, happened('RoleGranted', grant(chiba, 'counter'))],
      [2, happened('RoleGranted', grant(chiba, 'counter'))],
      [3, happened('RoleRevoked', grant(chiba, 'counter'))],
    );
    expect(grantsAt(twice, 2).standing).toHaveLength(5);
    expect(grantsAt(twice, 3).standing).toHaveLength(4);
  });

  test.each([
    ['a registrar of the operator', grant(baba, 'registrar'), grant(chiba, 'counter')],
    ['nobody', grant('nobody', 'administrator'), grant(chiba, 'counter')],
    [
      'an administrator of another body',
      grant(chiba, 'administrator', kamakura),
      grant(baba, 'counter'),
    ],
    ['an administrator to himself', grant(aoki, 'administrator'), grant(aoki, 'approver')],
  ])('a grant by %s grants nothing, however it came in', (_, actor, wanted) => {
    const before = numbered(
      [0, opened],
      [1, happened('RoleGranted', grant(chiba, 'administrator', kamakura))],
      [2, happened('RoleGranted', wanted, actor)],
    );
    expect(grantsAt(before, 2)).toEqual(grantsAt(before, 1));
  });

  test('a revocation by nobody who may revokes nothing', () => {
    const theirs = numbered(
      [0, opened],
      [1, happened('RoleRevoked', grant(aoki, 'administrator'), grant(baba, 'registrar'))],
    );
    expect(grantsAt(theirs, 1)).toEqual(grantsAt(theirs, 0));
  });

  test('who is no administrator any more grants nothing; what he granted stays', () => {
    const byChiba = grant(chiba, 'administrator', kamakura);
    const both = numbered(
      [0, opened],
      [1, happened('RoleGranted', byChiba)],
      [2, happened('RoleGranted', grant(baba, 'counter', kamakura), byChiba)],
      [3, happened('RoleRevoked', byChiba)],
      [4, happened('RoleGranted', grant(baba, 'auditor', kamakura), byChiba)],
    );
    const heldByBaba = grantsAt(both, 4).standing.filter((it) => it.account === baba);
    expect(heldByBaba).toEqual([grant(baba, 'registrar'), grant(baba, 'counter', kamakura)]);
  });

  test('a register is opened once: a second opening changes nothing', () => {
    const other = {
      ...opened,
      data: { ...opened.data, operator: kamakura },
    } as RegisterStreamEvent;
    expect(grantsAt(numbered([0, opened], [1, other]), 1)).toEqual(
      grantsAt(numbered([0, opened]), 0),
    );
  });

  test('retracting a revocation brings no role back', () => {
    const retracted = numbered(
      [0, opened],
      [1, happened('RoleRevoked', grant(baba, 'registrar'))],
      [2, happened('FactRetracted', { events: ['the revocation'] })],
    );
    expect(grantsAt(retracted, 2)).toEqual(grantsAt(retracted, 1));
  });
});

describe('changing a grant', () => {
  const grants: Grants = {
    operator: yokohama,
    standing: [
      grant(aoki, 'administrator'),
      grant(baba, 'administrator', kamakura),
      grant(chiba, 'registrar', kamakura),
      grant(chiba, 'approver'),
    ],
  };
  const operatorsOwn: Administrator = { account: aoki, role: 'administrator', body: yokohama };

  test("the operator's administrator acts for any body, as the operator's", () => {
    expect(administratorFor(grants, aoki, yokohama)).toEqual(operatorsOwn);
    expect(administratorFor(grants, aoki, kamakura)).toEqual(operatorsOwn);
  });

  test("a body's administrator acts for that body alone", () => {
    const theirs = { account: baba, role: 'administrator', body: kamakura };
    expect(administratorFor(grants, baba, kamakura)).toEqual(theirs);
    expect(refusalOf(() => administratorFor(grants, baba, yokohama))).toBe(
      'access/not-for-this-body',
    );
  });

  test('nobody else may, whatever other role he has', () => {
    for (const body of [yokohama, kamakura]) {
      expect(refusalOf(() => administratorFor(grants, chiba, body))).toBe(
        'access/not-for-this-body',
      );
      expect(refusalOf(() => administratorFor(nothingGranted, aoki, body))).toBe(
        'access/not-for-this-body',
      );
    }
  });

  test('nobody grants to himself, nor revokes from himself', () => {
    const own = grant(aoki, 'registrar');
    expect(refusalOf(() => grantRole(grants, operatorsOwn, own))).toBe('grant/own');
    expect(refusalOf(() => revokeRole(grants, operatorsOwn, grant(aoki, 'administrator')))).toBe(
      'grant/own',
    );
  });

  test('what stands is not granted again, what does not stand is not revoked', () => {
    const held = grant(chiba, 'registrar', kamakura);
    const other = grant(chiba, 'registrar');
    expect(refusalOf(() => grantRole(grants, operatorsOwn, held))).toBe('grant/already-standing');
    expect(refusalOf(() => revokeRole(grants, operatorsOwn, other))).toBe('grant/not-standing');
    expect(grantRole(grants, operatorsOwn, other)).toEqual(other);
    expect(revokeRole(grants, operatorsOwn, held)).toEqual(held);
  });
});

function refusalOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

type DataOf<T extends RegisterStreamEvent['type']> = Extract<
  RegisterStreamEvent,
  { type: T }
>['data'];

function happened<T extends RegisterStreamEvent['type']>(
  type: T,
  data: DataOf<T>,
  actor: Actor = { account: aoki, role: 'administrator', body: yokohama },
) {
  return { type, data, actor } as RegisterStreamEvent;
}

function numbered(...events: readonly (readonly [number, RegisterStreamEvent])[]) {
  return events.map(([n, event]): Numbered<RegisterStreamEvent> => {
    return { n, at: '2026-04-01T00:00:00.000Z', event };
  });
}
