import type { ListProgress } from '../src/http/facility-lists/list-progress.js';
import { apiOf, apiOptions, apiUsage, ask } from './api.js';
import { UsageFault } from './command.js';
import { untilThrough } from './list-work.js';
import { readOptions } from './options.js';
import type { Terminal } from './terminal.js';

export const judgeUsage = [
  'facilities approve|reject <一覧のid> --digest <要約値> [--reason 理由]',
  `      ${apiUsage}   登録した一覧を、見た要約値を名指して承認・却下する`,
].join('\n');

/** 一覧の承認・却下: one word of the approver's for every entry of the list. */
export async function judgeImported(
  how: 'approvals' | 'rejections',
  [id, ...args]: readonly string[],
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  if (id === undefined || id.startsWith('--')) {
    throw new UsageFault('一覧のidを指定してください。');
  }
  const options = { digest: {}, reason: { default: '' }, ...apiOptions };
  const { digest, reason, url, token } = readOptions(args, options);
  const api = apiOf({ url, token }, environment);
  const body = JSON.stringify({ digest, ...(reason === '' ? {} : { reason }) });
  const path = `/api/facility-lists/${encodeURIComponent(id)}/${how}`;
  const judged = await untilThrough(
    () => ask<ListProgress>(api, path, { type: 'application/json', body }),
    (it) => it.state === 'approved' || it.state === 'rejected',
    (it) => terminal.err(`${how === 'approvals' ? '承認' : '却下'} ${it.judged}/${it.entries}`),
  );
  terminal.out(judged.state);
}
