import type { ActType, StreamKind } from '../entries/domain/act-type.js';
import { actType } from '../entries/domain/catalogue.js';
import type { Numbered, RegisterEvent } from '../entries/domain/event.js';
import type { RecordedEvent } from './event-store.js';
import { upcasters, type Upcasters } from './upcasters.js';

/** A newer program wrote it, or another one: whoever folds the stream must not guess. */
export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
  readonly code = 'event/unknown-type';

  constructor(
    readonly n: number,
    readonly type: string,
    readonly version: number,
  ) {
    super(`登録番号 ${n} の事実 ${type}（第${version}版）は、このプログラムでは読めません。`);
  }
}

const known = new Map<string, ActType | undefined>();

/**
 * Reads a stored event as the domain has it, its data raised to the newest version of its schema.
 * @throws UnknownEventType for a type that the kind of stream does not know, or a version beyond
 */
export function parseEvent(
  recorded: RecordedEvent,
  kind: StreamKind,
  raising: Upcasters = upcasters,
): Numbered {
  const { n, at, body } = recorded;
  const event = raised(JSON.parse(body) as RegisterEvent, kind, raising);
  if (knownType(kind, event.type)?.version !== event.v) {
    throw new UnknownEventType(n, event.type, event.v);
  }
  return { n, at, event };
}

/** Version by version, as far as there are upcasters. */
function raised(event: RegisterEvent, kind: StreamKind, raising: Upcasters): RegisterEvent {
  const raise = raising.get(`${kind}/${event.type}@${event.v}`);
  return raise === undefined ? event : raised({ ...raise(event), v: event.v + 1 }, kind, raising);
}

/** Looked up for every event that is read, and the catalogue makes its list anew each time. */
function knownType(kind: StreamKind, type: string): ActType | undefined {
  const key = `${kind}/${type}`;
  if (!known.has(key)) known.set(key, actType(kind, type));
  return known.get(key);
}
