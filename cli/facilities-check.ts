import { parseArgs } from 'node:util';

import { refuse } from '../src/entries/domain/refusal.js';
import type { Owner } from '../src/facilities/list/body.js';
import { checkList } from '../src/facilities/list/check-list.js';
import type { Stated } from '../src/facilities/list/count-kinds.js';
import { readPoiKinds } from '../src/facilities/poi-kinds.js';
import { faultOfCode } from '../src/parties/domain/local-government-code.js';
import { UsageFault } from './command.js';
import { readListFile } from './list-file.js';
import { listReportIn, reportFormats, summaryLines } from './list-report.js';
import type { Terminal } from './terminal.js';

export const checkUsage = [
  'facilities check <ファイル> --owner <全国地方公共団体コードか名称>',
  '      [--stated 種類=数]… [--format text|csv|json]   公共施設一覧を一行ずつ確かめる（登録はしない）',
].join('\n');

/** 公共施設一覧の確認: a report on every row; nothing is stored, and no database is needed. */
export async function checkFile(args: readonly string[], terminal: Terminal): Promise<void> {
  const { file, format, ...asked } = readWords(args);
  const bytes = await readListFile(file);
  terminal.err(`確かめています: ${file}（${bytes.length} バイト）`);
  const report = checkList(bytes, { ...asked, poi: readPoiKinds() });
  const text = listReportIn(format, report);
  if (text !== '') terminal.out(text);
  for (const line of summaryLines(report)) terminal.err(line);
  if (report.refusals.length > 0) {
    refuse('malformed', 'facility-list/refused', 'この一覧は全体として断ります。');
  }
  const { refused } = report.summary;
  if (refused > 0) {
    refuse('malformed', 'facility-list/rows-refused', `断る行が ${refused} 件あります。`);
  }
}

function readWords(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageFault('確かめるファイルを一つ指定してください。');
  }
  const format = reportFormats.find((it) => it === values.format);
  if (format === undefined) {
    throw new UsageFault(`--format は ${reportFormats.join('・')} のいずれかです。`);
  }
  return { file, format, owner: toOwner(values.owner), stated: values.stated.map(toStated) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
        owner: { type: 'string', default: '' },
        stated: { type: 'string', multiple: true, default: [] },
        format: { type: 'string', default: 'text' },
      },
    });
  } catch (fault) {
    const [unreadable] = fault instanceof Error ? fault.message.split('.') : [];
    throw new UsageFault(`読めない引数があります（${unreadable}）。`, { cause: fault });
  }
}

function toOwner(text: string): Owner {
  const owner = text.trim();
  if (owner === '') throw new UsageFault('--owner を指定してください。');
  if (!/^\d+$/.test(owner)) return { name: owner };
  if (faultOfCode(owner) === undefined) return { code: owner };
  throw new UsageFault(
    `--owner の「${owner}」は6桁で検査数字の合う全国地方公共団体コードではありません。`,
  );
}

function toStated(text: string): Stated {
  const [, kind = '', count] = /^(.*\S)\s*=\s*(\d{1,9})$/su.exec(text) ?? [];
  if (count === undefined) {
    throw new UsageFault(`--stated は 図書館=13 のように指定してください（「${text}」）。`);
  }
  return { kind: kind.trim(), count: Number(count) };
}
