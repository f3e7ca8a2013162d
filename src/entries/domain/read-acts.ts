import { mostActs, actEnvelope } from './act-envelope.js';
import type { StreamKind } from './act-type.js';
import { actsOf, actType } from './catalogue.js';
import { readCorrectedFields, readDoubtedFields } from './read-field-values.js';
import { fault, readRecord, type Reading } from './field.js';
import type { Timeline } from './timeline.js';

/** An act as read: its data and what the envelope says. */
export interface ReadAct {
  readonly type: string;
  readonly v: number;
  readonly data: unknown;
  readonly [said: string]: unknown;
}

/** Not for an entry: these count at once and have commands of their own. */
const apart: ReadonlySet<string> = new Set([
  'EntryApproved',
  'EntryRejected',
  'FactDisputed',
  'DisputeWithdrawn',
]);

/**
 * Reads the raw acts of one entry, `[{ type, acted, effective, data, … }]`, collecting every fault.
 * What the entry says for all (`shared`: authority, source, reason) holds where an act is silent.
 */
export function readActs(
  kind: StreamKind,
  raw: unknown,
  shared: Readonly<Record<string, unknown>>,
  timeline: Timeline,
  reading: Reading,
): readonly ReadAct[] {
  if (!Array.isArray(raw) || raw.length === 0 || raw.length > mostActs) {
    fault(reading, 'acts', 'entry/acts', raw, `1件以上${mostActs}件以下の行為`);
    return [];
  }
  return raw.flatMap((one: unknown, i) => {
    const act = readAct(kind, one, shared, timeline, `acts[${i}]`, reading);
    return act === undefined ? [] : [act];
  });
}

/** Reads one act; `path` names it in faults. */
export function readAct(
  kind: StreamKind,
  raw: unknown,
  shared: Readonly<Record<string, unknown>>,
  timeline: Timeline,
  path: string,
  reading: Reading,
): ReadAct | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return fault(reading, path, 'field/record', raw, 'type と data を持つ行為');
  }
  const { type, data, ...said } = raw as Readonly<Record<string, unknown>>;
  const known = typeof type === 'string' && !apart.has(type) ? actType(kind, type) : undefined;
  if (known === undefined || typeof type !== 'string') {
    const words = Object.keys(actsOf(kind)).filter((it) => !apart.has(it));
    return fault(reading, `${path}.type`, 'act/unknown', type, `次のいずれか: ${words.join('、')}`);
  }
  const before = reading.faults.length;
  const envelope = readRecord(actEnvelope, { ...shared, ...said }, path, reading);
  const content =
    type === 'FactCorrected'
      ? readCorrectedFields(kind, data ?? {}, timeline, `${path}.data`, reading)
      : readRecord(known.shape, data ?? {}, `${path}.data`, reading);
  if (reading.faults.length > before || content === undefined) return undefined;
  return { type, v: known.version, data: content, ...envelope };
}

/** Reads a dispute: the values that the disputer has are read by the fields that they are for. */
export function readDispute(
  kind: StreamKind,
  raw: unknown,
  timeline: Timeline,
  reading: Reading,
): ReadAct | undefined {
  const { reason, source, ...data } = (raw ?? {}) as Readonly<Record<string, unknown>>;
  const said = {
    ...(reason === undefined ? {} : { reason }),
    ...(source === undefined ? {} : { source }),
  };
  const envelope = readRecord(actEnvelope, said, '', reading);
  const content = readDoubtedFields(kind, data, timeline, reading);
  if (envelope === undefined || content === undefined) return undefined;
  return { type: 'FactDisputed', v: 1, data: content, ...envelope };
}
