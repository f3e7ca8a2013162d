import type { Actor } from '../../entries/domain/event.js';
import { refuse } from '../../entries/domain/refusal.js';
import { type Grant, type Grants, isGranted } from './grants.js';
import { roleNames } from './role-names.js';

/** Who grants or revokes, as whose administrator; the same as the act will say. */
export type Administrator = Actor & { readonly role: 'administrator' };

/** 権限の付与: by an administrator of that body or of the operator, never to himself (domain § 8). */
export function grantRole(grants: Grants, by: Administrator, wanted: Grant): Grant {
  refuseOwn(by, wanted);
  if (isGranted(grants, wanted)) {
    refuse(
      'conflict',
      'grant/already-standing',
      `${spoken(wanted)}の権限は、すでに付与されています。`,
    );
  }
  return wanted;
}

/** 権限の取消: an administrator cannot revoke his own roles either, so the last one never vanishes. */
export function revokeRole(grants: Grants, by: Administrator, ended: Grant): Grant {
  refuseOwn(by, ended);
  if (!isGranted(grants, ended)) {
    refuse('conflict', 'grant/not-standing', `${spoken(ended)}の権限は、付与されていません。`);
  }
  return ended;
}

/** As whose administrator an account may change the grants for a body: that body's, else the operator's. */
export function administratorFor(grants: Grants, account: string, body: string): Administrator {
  const { operator } = grants;
  const bodies = operator === undefined || operator === body ? [body] : [body, operator];
  const actsFor = bodies.find((it) =>
    isGranted(grants, { account, role: 'administrator', body: it }),
  );
  if (actsFor !== undefined) return { account, role: 'administrator', body: actsFor };
  return refuse(
    'forbidden',
    'access/not-for-this-body',
    `団体 ${body} の権限を変えられるのは、その団体か運営団体の管理者だけです。`,
    {
      field: 'body',
      code: 'access/not-for-this-body',
      read: body,
      expected: '自分が管理者である団体',
    },
  );
}

function refuseOwn(by: Administrator, { account }: Grant): void {
  if (by.account !== account) return;
  refuse(
    'forbidden',
    'grant/own',
    '自分自身の権限は変えられません。ほかの管理者に依頼してください。',
    {
      field: 'account',
      code: 'grant/own',
      read: account,
      expected: '自分以外のアカウント',
    },
  );
}

function spoken({ account, role, body }: Grant): string {
  return `アカウント ${account} の団体 ${body} に対する${roleNames[role]}`;
}
