import type { StoreAccount } from '../src/event-sourcing/eventstoredb/administration.js';
import type { StoreUsers } from './store-users.js';

const fullName = 'Musubi register';

/** Makes the register's account, or brings one that is there into shape. @throws StoreUnavailable */
export async function writeUser(
  users: StoreUsers,
  account: StoreAccount,
  say: (line: string) => void,
): Promise<void> {
  const login = account.username;
  const found = await users.find(login);
  if (found === undefined) {
    await users.create(account, fullName);
    return say(`作成: 利用者 ${login}`);
  }
  const changes: string[] = [];
  if (found.groups.length > 0) {
    await users.leaveGroups(login, fullName);
    changes.push(`グループ（${found.groups.join('、')}）から外した`);
  }
  if (found.disabled) {
    await users.enable(login);
    changes.push('有効に戻した');
  }
  if (!(await users.accepts(account))) {
    await users.resetPassword(account);
    changes.push('パスワードを替えた');
  }
  say(
    changes.length === 0
      ? `そのまま: 利用者 ${login}`
      : `変更: 利用者 ${login}（${changes.join('、')}）`,
  );
}
