import { actEnvelope } from './act-envelope.js';
import type { StreamKind } from './act-type.js';
import { actType } from './catalogue.js';
import { commonActs } from './common-acts.js';
import { valueOf } from './content.js';
import { isStructural } from './dispute.js';
import type { RegisterEvent } from './event.js';
import { fault, readRecord, type Field, type Reading } from './field.js';
import { isAct } from './readings.js';
import { refuse } from './refusal.js';
import type { Timeline } from './timeline.js';

interface FieldValues {
  readonly event: string;
  readonly fields: readonly Readonly<Record<string, unknown>>[];
}

/** 訂正: each new value is read by the field that it corrects; the old one is the register's own. */
export function readCorrectedFields(
  kind: StreamKind,
  raw: unknown,
  timeline: Timeline,
  path: string,
  reading: Reading,
): unknown {
  const read = readRecord(commonActs.FactCorrected.shape, raw, path, reading) as
    FieldValues | undefined;
  if (read === undefined) return undefined;
  const target = correctable(timeline, read.event, path);
  const fields = read.fields.map((it, i) => {
    const at = `${path}.fields[${i}]`;
    const name = String(it['field']);
    const field = fieldOf(kind, target, name, `${at}.field`, reading);
    if (field === undefined) return undefined;
    const current = valueOf(target, name);
    // A sealed value cannot be compared: sealing it once more gives another commitment.
    const comparable = field.mark === 'open' && Object.hasOwn(it, 'old');
    if (comparable && !meansSame(field.read(it['old'], at, quiet(reading)), current)) {
      refuse('stale', 'fact/changed', '読んだ後に内容が変わっています。', {
        field: `${at}.old`,
        code: 'fact/changed',
        read: JSON.stringify(it['old']) ?? '',
        expected: JSON.stringify(current) ?? '記載なし',
      });
    }
    const gone = it['new'] === undefined || it['new'] === null;
    if (gone && !field.optional) {
      return fault(reading, `${at}.new`, 'field/missing', it['new'], '必須の項目は消せません');
    }
    const value = gone ? undefined : field.read(it['new'], `${at}.new`, reading);
    if (isSame(value, current)) {
      return fault(reading, `${at}.new`, 'fact/nothing-corrected', it['new'], '今と異なる値');
    }
    return {
      field: name,
      ...(current === undefined ? {} : { old: current }),
      ...(value === undefined ? {} : { new: value }),
    };
  });
  return { event: read.event, fields };
}

/** 異議: the doubted fields, each with the disputer's value where he has one. */
export function readDoubtedFields(
  kind: StreamKind,
  raw: unknown,
  timeline: Timeline,
  reading: Reading,
): unknown {
  const read = readRecord(commonActs.FactDisputed.shape, raw, '', reading) as
    FieldValues | undefined;
  if (read === undefined) return undefined;
  const named = standingEvent(timeline, read.event, 'event');
  if (isStructural(named)) return { event: read.event, fields: [{ field: 'counts' }] };
  const about =
    named.type === 'FactCorrected' ? (named.data as { readonly event: string }).event : named.id;
  const act = timeline.content(about) ?? named;
  const fields = read.fields.map((it, i) => {
    const name = String(it['field']);
    const field = fieldOf(kind, act, name, `fields[${i}].field`, reading);
    if (field === undefined || !Object.hasOwn(it, 'value')) return { field: name };
    return { field: name, value: field.read(it['value'], `fields[${i}].value`, reading) };
  });
  return { event: read.event, fields };
}

function correctable(timeline: Timeline, id: string, path: string): RegisterEvent {
  const event = standingEvent(timeline, id, `${path}.event`);
  if (isAct(event)) return timeline.content(id) ?? event;
  return refuse('conflict', 'fact/not-an-act', '訂正できるのは元の行為です。', {
    field: `${path}.event`,
    code: 'fact/not-an-act',
    read: event.type,
    expected: '訂正・取消・承認・異議ではない、元の行為のid',
  });
}

/** The event, if it stands. @throws Refusal fact/unknown, fact/not-standing */
export function standingEvent(timeline: Timeline, id: string, field: string): RegisterEvent {
  const event = timeline.recorded(id);
  const fault = { field, read: id, expected: 'この登録簿の、有効な事実のid' };
  if (event === undefined) {
    return refuse('unknown', 'fact/unknown', 'その事実はここに登録されていません。', {
      ...fault,
      code: 'fact/unknown',
    });
  }
  if (timeline.isStanding(id)) return event;
  return refuse('conflict', 'fact/not-standing', 'その事実はすでに取り消されています。', {
    ...fault,
    code: 'fact/not-standing',
  });
}

function fieldOf(
  kind: StreamKind,
  act: RegisterEvent,
  name: string,
  path: string,
  reading: Reading,
): Field<unknown> | undefined {
  if (name === 'acted' || name === 'effective' || name === 'order') return actEnvelope[name];
  const shape = actType(kind, act.type)?.shape ?? {};
  const own = Object.hasOwn(shape, name) ? shape[name] : undefined;
  if (own !== undefined && name !== 'keeper') return own;
  const names = [...Object.keys(shape).filter((it) => it !== 'keeper'), 'acted', 'effective'];
  return fault(reading, path, 'fact/unknown-field', name, `次のいずれか: ${names.join('、')}`);
}

/** A date that was read is the same day however its source words it. */
function meansSame(a: unknown, b: unknown): boolean {
  return isSame(withoutText(a), withoutText(b));
}

function withoutText(value: unknown): unknown {
  const dated = typeof value === 'object' && value !== null && ('edtf' in value || 'tag' in value);
  return dated ? { ...value, text: undefined } : value;
}

function isSame(a: unknown, b: unknown): boolean {
  return sorted(a) === sorted(b);
}

function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_, it: unknown) =>
      typeof it === 'object' && it !== null && !Array.isArray(it)
        ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
        : it,
    ) ?? ''
  );
}

function quiet(reading: Reading): Reading {
  return { faults: [], seal: (path, value) => reading.seal(path, value) };
}
