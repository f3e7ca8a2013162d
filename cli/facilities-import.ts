import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import type { ListProgress } from '../src/http/facility-lists/list-progress.js';
import type { ListShown } from '../src/http/facility-lists/list-shown.js';
import { type Api, apiOf, apiOptions, apiUsage, ask } from './api.js';
import { UsageFault } from './command.js';
import { readListFile } from './list-file.js';
import { told } from './list-report.js';
import { untilThrough } from './list-work.js';
import type { Terminal } from './terminal.js';

export const importUsage = [
  'facilities import <ファイル> --owner <所管団体のコードか名称> [--on 一覧の日] [--complete] [--dry-run]',
  `      ${apiUsage}   公共施設一覧を預け、登録する（--dry-run は報告だけ）`,
].join('\n');

/** 公共施設一覧の取込み: sends the file, tells of each row, and applies what is good. */
export async function importFile(
  args: readonly string[],
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { file, owner, on, complete, dryRun, url, token } = readWords(args);
  const api = apiOf({ url, token }, environment);
  const bytes = await readListFile(file);
  const query = new URLSearchParams({
    owner,
    name: basename(file),
    complete: String(complete),
    ...(on === undefined ? {} : { on }),
  });
  const list = await ask<ListShown>(api, `/api/facility-lists?${query.toString()}`, {
    type: 'application/octet-stream',
    body: bytes,
  });
  report(list, terminal);
  if (dryRun) {
    return terminal.out(list.id);
  }
  const path = `/api/facility-lists/${list.id}/application`;
  const applied = await untilThrough(
    () => ask<ListProgress>(api, path, { type: 'application/json', body: '' }),
    (it) => it.state !== 'waiting' && it.state !== 'applying',
    ({ done, of }) => terminal.err(`登録 ${done}/${of}`),
  );
  await tellProblems(api, list.id, terminal);
  const { entered, unchanged, older, failed } = applied.rows;
  terminal.err(
    `登録票 ${entered}、登録済み ${unchanged}、より新しい一覧あり ${older}、登録できない ${failed}`,
  );
  terminal.err('別の人が、次のidと要約値で承認してください。');
  terminal.out(`${applied.id}\t${applied.digest ?? ''}`);
}

function readWords(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageFault('取り込むファイルを一つ指定してください。');
  }
  const { owner, on, complete, 'dry-run': dryRun, url, token } = values;
  if (owner === undefined || owner.trim() === '') {
    throw new UsageFault('--owner を指定してください。');
  }
  return { file, owner, on, complete, dryRun, url, token };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
        owner: { type: 'string' },
        on: { type: 'string' },
        complete: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        url: { type: 'string', default: apiOptions.url.default },
        token: { type: 'string', default: apiOptions.token.default },
      },
    });
  } catch (fault) {
    const [unreadable] = fault instanceof Error ? fault.message.split('.') : [];
    throw new UsageFault(`読めない引数があります（${unreadable}）。`, { cause: fault });
  }
}

const verdicts = { taken: '問題なし', 'taken-with-warnings': '注意あり', refused: '断る' } as const;
const acts = { register: '新しく登録', change: '変更', none: '登録済み' } as const;

function report({ details, report: { leftOut, missing } }: ListShown, terminal: Terminal): void {
  for (const row of details) {
    const act = row.act === null ? '' : ` ${acts[row.act]}`;
    terminal.out(`${row.line}行目 ${verdicts[row.verdict]}${act} ${row.name ?? ''}`.trimEnd());
    for (const it of row.findings) terminal.out(`  ${told(it)}`);
  }
  if (leftOut.length > 0) terminal.err(`登録しない項目: ${leftOut.join('、')}`);
  for (const { name, id } of missing) {
    terminal.err(`一覧にない施設（閉鎖とはしません）: ${name ?? '名称不明'} ${id}`);
  }
}

async function tellProblems(api: Api, id: string, terminal: Terminal): Promise<void> {
  const { details } = await ask<ListShown>(api, `/api/facility-lists/${id}`);
  for (const { line, problem } of details) {
    if (problem !== null) terminal.err(`${line}行目: ${problem.text}（${problem.code}）`);
  }
}
