import type { CommandBus } from '@nestjs/cqrs';

import type { StreamNames } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import type { Loaders } from './enter-and-approve.js';
import { holderOf, loadParties, type PartiesLoaded } from './load-parties.js';
import { loadSources } from './load-sources.js';
import { codesOf, dayOfList, type NationalList } from './national-list.js';
import { partiesOnRecord } from './parties-on-record.js';
import type { FactEntry, Sources } from './source-files.js';

/**
 * Loads the national list. A body that the source documents name too is registered as they have it,
 * under the key that it has there, so that it is one party whichever is loaded first.
 */
export async function loadNationalList(
  bus: CommandBus,
  { list, sources }: { readonly list: NationalList; readonly sources: Sources },
  register: { readonly loaders: Loaders; readonly store: EventStore; readonly names: StreamNames },
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<PartiesLoaded> {
  const { loaders, store, names } = register;
  const day = dayOfList(list);
  const byCode = new Map(list.bodies.flatMap((it) => codesOf(it).map((code) => [code, it])));
  const before = await partiesOnRecord(store, names, day);
  const named = sources.entries.filter((it) => {
    const code = codeOf(it);
    if (code === undefined) return false;
    const body = byCode.get(code);
    const holder = body === undefined ? before.codes.get(code) : holderOf(body, before);
    return holder === undefined;
  });
  const { added } =
    named.length === 0
      ? { added: 0 }
      : await loadSources(bus, { entries: named, documents: sources.documents }, loaders);
  const onRecord = named.length === 0 ? before : await partiesOnRecord(store, names, day);
  const loaded = await loadParties(bus, list, { loaders, onRecord }, onProgress);
  return { ...loaded, added: loaded.added + added };
}

function codeOf({ opens, acts }: FactEntry): string | undefined {
  const code = opens === 'party' ? acts[0]?.data['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}
