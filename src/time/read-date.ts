import { type DateReading, type DateRefused, longestDate, refused } from './date-reading.js';
import { edtfOf, parseEdtf } from './day-range.js';
import type { PartialDate } from './partial-date.js';
import { plainForm } from './plain-form.js';
import { type ImpossibleDate, type WrittenDate, readWrittenDate } from './written-date.js';

const examples =
  '「平成29年2月7日」「H29.2.7」「2017-02-07」「平成23年11月」「平成29年度」「[..2020-09-30]」「不明」のような日付';

const tags = new Map<string, 'unknown' | 'none' | 'endless'>([
  ...['unknown', '不明', '未詳'].map((it) => [it, 'unknown'] as const),
  ...['none', 'なし', '無し', '無'].map((it) => [it, 'none'] as const),
  ...['endless', '期限の定めなし', '期間の定めなし', '期限なし', '無期限'].map(
    (it) => [it, 'endless'] as const,
  ),
]);

const spanForm = /^\[(?:\d{4}-\d{2}-\d{2})?\.\.(?:\d{4}-\d{2}-\d{2})?\]$/;
const approximate = /(?:頃|ごろ|ころ|[?%])$|^(?:約|およそ|おおよそ)|^[\d-]+~$/;
const clause = /(?:まで|までに|から|より|をもって|以内|[~〜])$/;
const oneOf = /^(.+)から(.+)までのいずれかの日$/;
const open = /^(.+?)(以前|以降|以後)$/;

/**
 * Reads a date as people type it or a paper prints it: eras, 漢数字, full width, ISO, EDTF,
 * 年度, 上旬, 以前, and the words for unknown, none and without end. The text is kept to the letter,
 * and left out where the EDTF or the tag is the very same. An impossible day is refused, unless
 * it is so `printed` in the paper: then it is unknown, with its text. Never throws.
 */
export function readDate(text: string, options: { readonly printed?: boolean } = {}): DateReading {
  if (text.trim() === '') return refused('date/empty', text, examples);
  const plain = text.length > longestDate ? undefined : plainForm(text);
  if (plain === undefined) return refused('date/unreadable', text, examples);

  const tag = tags.get(plain.toLowerCase());
  if (tag) return { ok: true, date: text === tag ? { tag } : { tag, text }, flags: [] };

  const read: Span | undefined = readSpan(plain) ?? readWrittenDate(plain);
  if (!read) return reasonOf(plain, text);
  const edtf = 'impossible' in read ? '' : (read.edtf ?? edtfOf(read.range));
  if (!('impossible' in read) && parseEdtf(edtf)) {
    return { ok: true, date: dated(edtf, text), flags: read.flags };
  }

  if (options.printed) {
    return { ok: true, date: { tag: 'unknown', text }, flags: ['impossible-as-printed'] };
  }
  const expected = 'impossible' in read ? read.impossible : '西暦1年から9999年までの日';
  return refused('date/impossible', text, expected);
}

function dated(edtf: string, text: string): PartialDate {
  return edtf === text ? { edtf } : { edtf, text };
}

type Span = (WrittenDate & { readonly edtf?: string }) | ImpossibleDate;

function readSpan(plain: string): Span | undefined {
  if (spanForm.test(plain) && plain !== '[..]') {
    const range = parseEdtf(plain);
    return range ? { range, edtf: plain, flags: [] } : reversed;
  }
  const [, whole, side] = open.exec(plain) ?? [];
  if (whole !== undefined) {
    const read = readWrittenDate(whole);
    if (!read || 'impossible' in read) return read;
    const { from, to } = read.range;
    const range = side === '以前' ? { from: -Infinity, to } : { from, to: Infinity };
    return { range, flags: read.flags };
  }
  const [, first, last] = oneOf.exec(plain) ?? [];
  return first === undefined || last === undefined ? undefined : between(first, last);
}

const reversed = { impossible: '実在する日からはじまり、それ以後の実在する日でおわる期間' };

function between(first: string, last: string): Span | undefined {
  const a = readWrittenDate(first);
  const b = readWrittenDate(last);
  if (!a || !b) return undefined;
  if ('impossible' in a) return a;
  if ('impossible' in b) return b;
  const range = { from: a.range.from, to: b.range.to };
  if (range.from > range.to) return reversed;
  return { range, flags: [...new Set([...a.flags, ...b.flags])] };
}

function reasonOf(plain: string, text: string): DateRefused {
  if (approximate.test(plain)) {
    return refused(
      'date/approximate',
      text,
      '「頃」を除いた日付。およその日は登録できないため、確かな範囲（平成23年11月、[2011-10-01..2011-12-31]、不明）',
    );
  }
  if (clause.test(plain)) {
    return refused('date/clause', text, '「まで」「から」などの語を除いた日付だけ');
  }
  return refused('date/unreadable', text, examples);
}
