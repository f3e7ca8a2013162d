import type { Numbered, RegisterEvent } from '../entries/domain/event.js';
import { Timeline } from '../entries/domain/timeline.js';
import type { StreamNames } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { type CodeHolder, codeHolders } from './code-holders.js';

/** What the register holds of parties already, whoever entered it. */
export interface PartiesOnRecord {
  /** Who has each code on the day asked about, pending ones too. */
  readonly codes: ReadonlyMap<string, CodeHolder>;
  /** Ids of the commands that are in. */
  readonly commands: ReadonlySet<string>;
  /** Parties whose stream has begun. */
  readonly begun: ReadonlySet<string>;
  /** Parties of which some act says where their office is. */
  readonly located: ReadonlySet<string>;
}

/** Reads the whole register once: a code may stand in an entry of anybody. */
export async function partiesOnRecord(
  store: EventStore,
  names: StreamNames,
  day: number,
): Promise<PartiesOnRecord> {
  const streams = new Map<string, Numbered[]>();
  for await (const { n, at, stream, body } of store.readAll(null)) {
    const ref = names.refOf(stream);
    if (ref?.kind !== 'party') continue;
    const events = streams.get(ref.id) ?? [];
    streams.set(ref.id, events);
    events.push({ n, at, event: JSON.parse(body) as RegisterEvent });
  }
  const commands = new Set<string>();
  const located = new Set<string>();
  for (const [id, events] of streams) {
    for (const { event } of events) commands.add(event.command.id);
    for (const { data } of new Timeline(events).acts) {
      const { latitude } = data as { readonly latitude?: number };
      if (latitude !== undefined) located.add(id);
    }
  }
  return { codes: codeHolders(streams, day), commands, begun: new Set(streams.keys()), located };
}
