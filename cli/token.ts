import type { ApiToken } from '../src/identity/api-tokens.js';
import { type Command, UsageFault } from './command.js';
import { withOffice } from './office.js';
import { readOptions } from './options.js';
import type { Terminal } from './terminal.js';

const longestDays = 366;

/** APIトークン: what a program signs in with, on behalf of an account. */
export const token: Command = {
  name: 'token',
  usage: [
    'token create --login <ログイン名> --name <用途> [--days <日数>]   トークンを作り、一度だけ表示する（既定は90日）',
    'token list                                                       トークンの一覧',
    'token revoke --id <トークンのid>                                 トークンを無効にする',
  ],
  run: async ([verb, ...args], terminal, config) => {
    switch (verb) {
      case 'create': {
        const options = readOptions(args, { login: {}, name: {}, days: { default: '90' } });
        const days = toDays(options.days);
        const { id, secret, expires } = await withOffice(config, ({ tokens }) =>
          tokens.create(options.login.toLowerCase(), options.name, days),
        );
        terminal.err(`トークン ${id} を作りました。期限は ${inTokyo(new Date(expires))} です。`);
        terminal.err('次の行は二度と表示できません。');
        terminal.out(secret);
        return;
      }
      case 'list':
        readOptions(args, {});
        return list(await withOffice(config, ({ tokens }) => tokens.all()), terminal);
      case 'revoke': {
        const { id } = readOptions(args, { id: {} });
        await withOffice(config, ({ tokens }) => tokens.revoke(id));
        return terminal.err(`トークン ${id} を無効にしました。`);
      }
      default:
        throw new UsageFault('token には create・list・revoke のいずれかを続けてください。');
    }
  },
};

/** Tab-separated, one token a line. */
function list(tokens: readonly ApiToken[], terminal: Terminal): void {
  terminal.out(['id', 'ログイン名', '用途', '作成', '期限', '無効化', '最終使用'].join('\t'));
  for (const { id, login, name, createdAt, expiresAt, revokedAt, lastUsedAt } of tokens) {
    const times = [createdAt, expiresAt, revokedAt, lastUsedAt].map(inTokyo);
    terminal.out([id, login, name.replaceAll(/\s+/g, ' '), ...times].join('\t'));
  }
}

function toDays(text: string): number {
  const days = Number(text);
  if (/^\d{1,3}$/.test(text) && days >= 1 && days <= longestDays) return days;
  throw new UsageFault(
    `--days は1から${longestDays}までの整数です。指定された値は「${text}」です。`,
  );
}

/** The wall clock in Tokyo, to the minute; Swedish dates are written in ISO's order. */
function inTokyo(instant: Date | null): string {
  if (instant === null) return '';
  const shape = { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' } as const;
  return instant.toLocaleString('sv-SE', shape);
}
