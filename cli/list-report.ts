import type { Finding } from '../src/facilities/list/finding.js';
import type { ListReport, RowReport } from '../src/facilities/list/report.js';
import { csv } from '../src/http/queries/csv.js';

export const reportFormats = ['text', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The report in a form for people, for spreadsheets or for programs, without a line end at its end. */
export function listReportIn(format: ReportFormat, report: ListReport): string {
  if (format === 'json') return JSON.stringify(report, null, 2);
  return format === 'csv' ? inCsv(report) : inText(report);
}

const verdicts: Readonly<Record<RowReport['verdict'], string>> = {
  taken: '問題なし',
  'taken-with-warnings': '注意あり',
  refused: '断る',
};

const severities: Readonly<Record<Finding['severity'], string>> = {
  refusal: '断る',
  warning: '注意',
};

function inText({ refusals, rows }: ListReport): string {
  return [
    ...refusals.map((it) => `一覧全体 ${told(it)}`),
    ...rows.flatMap((row) => [
      `${linesOf(row)} ${verdicts[row.verdict]} ${nameOf(row)}`.trimEnd(),
      ...row.findings.map((it) => `  ${told(it)}`),
    ]),
  ].join('\n');
}

/** A finding as a sentence. */
export function told({
  severity,
  code,
  text,
  column,
  read,
  expected,
  byte,
  lines,
}: Finding): string {
  const where = [
    ...(column === undefined ? [] : [column]),
    ...(byte === undefined ? [] : [`先頭から ${byte} バイト`]),
  ];
  const others = lines === undefined ? '' : `（${lines.join('・')}行目）`;
  return [
    `${severities[severity]}: ${text}${others}。`,
    ...(where.length === 0 ? [] : [`場所: ${where.join('、')}。`]),
    `読んだもの: 「${read}」。求めるもの: ${expected}（${code}）`,
  ].join('');
}

const header = [
  '行',
  '終わりの行',
  '判定',
  '名称',
  '所見',
  'コード',
  '項目',
  '説明',
  '読んだもの',
  '求めるもの',
  'バイト',
  'ほかの行',
];

function inCsv({ refusals, rows }: ListReport): string {
  const cellsOf = (it: Finding) => [
    severities[it.severity],
    it.code,
    it.column,
    it.text,
    it.read,
    it.expected,
    it.byte,
    it.lines?.join(' '),
  ];
  const noFinding = header.slice(4).map(() => null);
  const table = [
    ...refusals.map((it) => [null, null, '断る', null, ...cellsOf(it)]),
    ...rows.flatMap((row) => {
      const head = [row.line, row.lastLine, verdicts[row.verdict], nameOf(row)];
      const found = row.findings.length === 0 ? [noFinding] : row.findings.map(cellsOf);
      return found.map((it) => [...head, ...it]);
    }),
  ];
  return csv(header, table).replace(/\r\n$/, '');
}

const encodings = { 'utf-8': 'UTF-8', 'utf-8-bom': 'UTF-8（BOM付き）', cp932: 'CP932' } as const;
const forms = { older: '推奨データセット', current: '自治体標準オープンデータセット' } as const;

/** What the list is as a whole, and its counts beside those stated. */
export function summaryLines(report: ListReport): readonly string[] {
  const { summary, encoding, form, unknownColumns, absentColumns } = report;
  const { read, taken, withWarnings, refused } = summary;
  return [
    `SHA-256 ${report.sha256}`,
    `文字コード ${encoding === null ? '不明' : encodings[encoding]}、様式 ${form === null ? '不明' : forms[form]}`,
    ...(unknownColumns.length === 0 ? [] : [`様式にない項目: ${unknownColumns.join('、')}`]),
    ...(absentColumns.length === 0 ? [] : [`一覧にない項目: ${absentColumns.join('、')}`]),
    `行 ${read}: 問題なし ${taken - withWarnings}、注意あり ${withWarnings}、断る ${refused}`,
    ...summary.kinds.map(({ by, kind, name, listed, taken }) => {
      const from = by === 'poi' ? `POIコード ${kind} ${name ?? '不明'}` : `備考「${kind}」`;
      return `${from}: ${listed}${listed === taken ? '' : `（断る行を除けば ${taken}）`}`;
    }),
    ...summary.stated.map(({ kind, stated, listed, taken, difference }) => {
      const rest = listed === taken ? '' : `（断る行を除けば ${taken}）`;
      const sign = difference > 0 ? '+' : '';
      return `${kind}: 示された数 ${stated}、一覧の数 ${listed}${rest}、差 ${sign}${difference}`;
    }),
  ];
}

function linesOf({ line, lastLine }: RowReport): string {
  return line === lastLine ? `${line}行目` : `${line}〜${lastLine}行目`;
}

function nameOf(row: RowReport): string {
  return row.verdict === 'refused' ? '' : row.record.name.text;
}
