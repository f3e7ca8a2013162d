import type { Role } from '../../entries/domain/event.js';

/** The roles as people read them. */
export const roleNames: Readonly<Record<Role, string>> = {
  registrar: '登録担当者',
  approver: '承認者',
  auditor: '監査担当者',
  counter: '窓口担当者',
  administrator: '管理者',
};
