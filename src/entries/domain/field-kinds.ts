import type { PartialDate } from '../../time/partial-date.js';
import { parseEdtf } from '../../time/day-range.js';
import { readDate } from '../../time/read-date.js';
import { fault, type FieldKind, type Unmarked } from './field.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Text as it stands in the source, kept to the letter: 1 to `most` characters, no lone surrogate. */
export function text(most = 2000): Unmarked<string> {
  return {
    kind: 'text',
    schema: { type: 'string', minLength: 1, maxLength: most },
    read(raw, path, reading) {
      if (typeof raw !== 'string' || raw.trim() === '' || Array.from(raw).length > most) {
        return fault(reading, path, 'field/text', raw, `1文字以上${most}文字以下の文字列`);
      }
      if (!raw.isWellFormed() || raw.includes('\u0000')) {
        return fault(
          reading,
          path,
          'field/not-text',
          raw.toWellFormed(),
          '正しい文字列(不正なサロゲートやNULを含まない)',
        );
      }
      return raw;
    },
  };
}

/** One word of a controlled vocabulary. */
export function word<const W extends string>(...words: readonly W[]): Unmarked<W> {
  return {
    kind: 'word',
    schema: { type: 'string', enum: words },
    read(raw, path, reading) {
      const found = words.find((it) => it === raw);
      return found ?? fault(reading, path, 'field/word', raw, `次のいずれか: ${words.join('、')}`);
    },
  };
}

export function integer(least = 0, most = 1_000_000_000_000): Unmarked<number> {
  return {
    kind: 'integer',
    schema: { type: 'integer', minimum: least, maximum: most },
    read(raw, path, reading) {
      const lawful = typeof raw === 'number' && Number.isSafeInteger(raw);
      if (lawful && raw >= least && raw <= most) return raw;
      return fault(reading, path, 'field/integer', raw, `${least}以上${most}以下の整数`);
    },
  };
}

export function number(): Unmarked<number> {
  return {
    kind: 'number',
    schema: { type: 'number' },
    read: (raw, path, reading) =>
      typeof raw === 'number' && Number.isFinite(raw) && Math.abs(raw) < 1e15
        ? raw
        : fault(reading, path, 'field/number', raw, '数'),
  };
}

export function boolean(): Unmarked<boolean> {
  return {
    kind: 'boolean',
    schema: { type: 'boolean' },
    read: (raw, path, reading) =>
      typeof raw === 'boolean' ? raw : fault(reading, path, 'field/boolean', raw, 'true か false'),
  };
}

/** The register's own id of a party; names and codes are looked up at the edge. */
export const party = (): Unmarked<string> => id('party', '当事者のid、コード、名称または読み');
export const agreement = (): Unmarked<string> => id('agreement', '協定のid');
export const facility = (): Unmarked<string> => id('facility', '施設のid');
export const eventId = (): Unmarked<string> => id('event', '登録された事実のid');

export function sha256(): Unmarked<string> {
  return {
    kind: 'hash',
    schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    read: (raw, path, reading) =>
      typeof raw === 'string' && /^[0-9a-f]{64}$/.test(raw)
        ? raw
        : fault(reading, path, 'field/hash', raw, 'SHA-256(16進64桁)'),
  };
}

/**
 * A date in any form that people type, or as stored ({edtf, text} or {tag, text}), or
 * {printed: text} for what stands in the paper, which may be an impossible day.
 */
export function date(): Unmarked<PartialDate> {
  return {
    kind: 'date',
    schema: {
      description: '平成29年2月7日、H29.2.7、2017-02-07、平成23年11月、平成29年度、不明 など',
      oneOf: [{ type: 'string' }, { type: 'object' }],
    },
    read(raw, path, reading) {
      if (typeof raw === 'string') return typed(raw, false, path, reading);
      if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
        const given = raw as Readonly<Record<string, unknown>>;
        if (typeof given['printed'] === 'string')
          return typed(given['printed'], true, path, reading);
        const stored = asStored(given);
        if (stored !== undefined) return stored;
      }
      return fault(reading, path, 'date/unreadable', raw, '日付(例: 平成29年2月7日、2017-02-07)');
    },
  };
}

/** A value of whatever shape the named field has; read by that field, never taken as it comes. */
export function json(): Unmarked<unknown> {
  return { kind: 'json', schema: {}, read: (raw) => raw };
}

function typed(
  raw: string,
  printed: boolean,
  path: string,
  reading: Parameters<Unmarked<string>['read']>[2],
) {
  if (!raw.isWellFormed()) {
    return fault(reading, path, 'field/not-text', raw.toWellFormed(), '正しい文字列');
  }
  const read = readDate(raw, { printed });
  return read.ok ? read.date : fault(reading, path, read.code, raw, read.expected);
}

function asStored(given: Readonly<Record<string, unknown>>): PartialDate | undefined {
  const { edtf, tag, text: said } = given;
  const words = typeof said === 'string' && said.length <= 200 && said.isWellFormed() ? said : null;
  if (said !== undefined && words === null) return undefined;
  const rest = words === null ? {} : { text: words };
  const names = Object.keys(given).length - (words === null ? 0 : 1);
  if (names !== 1) return undefined;
  if (typeof edtf === 'string' && parseEdtf(edtf) !== undefined) return { edtf, ...rest };
  if (tag === 'unknown' || tag === 'none' || tag === 'endless') return { tag, ...rest };
  return undefined;
}

function id(kind: FieldKind, expected: string): Unmarked<string> {
  return {
    kind,
    schema: { type: 'string', description: expected },
    read: (raw, path, reading) =>
      typeof raw === 'string' && UUID.test(raw)
        ? raw
        : fault(reading, path, `${kind}/unknown`, raw, expected),
  };
}
