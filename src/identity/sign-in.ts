import { Injectable } from '@nestjs/common';

import { refuse } from '../entries/domain/refusal.js';
import { type Account, Accounts } from './accounts.js';
import { fitsPassword, hashOfNobody, refuseWeakPassword } from './password.js';
import { type Session, Sessions } from './sessions.js';
import { SignInThrottle } from './sign-in-throttle.js';

export interface Credentials {
  readonly login: string;
  readonly password: string;
  /** Required with a one-time password; otherwise changes the password. */
  readonly newPassword?: string | undefined;
}

/** Signing in with a password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly throttle: SignInThrottle,
  ) {}

  /**
   * Starts a session for whoever knows the password.
   * @throws Refusal `session/wrong-credentials`, the same for an unknown login, a closed account and a
   * wrong password; `session/one-time-password`, `session/throttled`, `password/…`
   */
  async start(credentials: Credentials, address: string): Promise<Session & { account: Account }> {
    const login = credentials.login.toLowerCase();
    await this.throttle.enter(login, address);
    const { account, hash } = await this.proven(login, credentials.password);
    await this.throttle.succeeded(login, address);

    if (credentials.newPassword !== undefined) {
      await this.replace(account, hash, credentials.newPassword);
    } else if (account.oneTime) {
      refuse(
        'forbidden',
        'session/one-time-password',
        'これは一度だけ使えるパスワードです。newPassword に新しいパスワードを付けてサインインしてください。',
      );
    }
    return { ...(await this.sessions.start(account.id)), account };
  }

  private async proven(login: string, password: string) {
    const account = await this.accounts.byLogin(login);
    const hash = account?.passwordHash ?? (await hashOfNobody);
    const fits = await fitsPassword(hash, password);
    if (account === undefined || account.passwordHash === null) return refuseCredentials();
    if (!fits || account.disabled) return refuseCredentials();
    return { account, hash };
  }

  private async replace(account: Account, hash: string, chosen: string): Promise<void> {
    refuseWeakPassword(chosen, account.login);
    if (await fitsPassword(hash, chosen)) {
      refuse('malformed', 'password/unchanged', '今のパスワードと違うものにしてください。');
    }
    if (!(await this.accounts.replacePassword(account.id, hash, chosen))) refuseCredentials();
  }
}

function refuseCredentials(): never {
  return refuse(
    'forbidden',
    'session/wrong-credentials',
    'ログイン名かパスワードが違います。または、このアカウントは使えません。',
  );
}
