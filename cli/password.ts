import { type Command, UsageFault } from './command.js';
import { withOffice } from './office.js';
import { readOptions } from './options.js';

/** A new one-time password for somebody who lost his, or never saw the first. */
export const password: Command = {
  name: 'password',
  usage: [
    'password reset --login <ログイン名>                              一度だけ使えるパスワードを出し直す',
  ],
  run: async ([verb, ...args], terminal, config) => {
    if (verb !== 'reset') throw new UsageFault('password には reset を続けてください。');
    const login = readOptions(args, { login: {} }).login.toLowerCase();
    const { oneTimePassword } = await withOffice(config, ({ accounts }) =>
      accounts.resetPassword(login),
    );
    terminal.err(
      `${login} のパスワードを出し直し、サインインを終了させました。最初のサインインで新しいパスワードに替えます。`,
    );
    terminal.err('APIトークンは有効なままです。次の行は二度と表示できません。');
    terminal.out(oneTimePassword);
  },
};
