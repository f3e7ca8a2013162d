import { createHash } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import type { Pool } from 'pg';
import type { StreamNames } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { inTurn } from '../postgres/in-turn.js';
import { loadSources } from './load-sources.js';
import { loadersOf } from './loaders.js';
import { readSources } from './source-files.js';

interface Register {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly names: StreamNames;
}

/**
 * Loads the source documents unless these very ones were loaded to the end before. A load that was
 * cut off goes on where it was: what is in already is recognised by its keys. A process that starts
 * meanwhile waits until they are in.
 */
export async function loadAtStart(
  bus: CommandBus,
  register: Register,
  tell: (line: string) => void,
): Promise<void> {
  await inTurn(register.pool, 'sources', () => loadUnlessLoaded(bus, register, tell));
}

async function loadUnlessLoaded(
  bus: CommandBus,
  { pool, store, names }: Register,
  tell: (line: string) => void,
): Promise<void> {
  const sources = readSources();
  const digest = createHash('sha256').update(JSON.stringify(sources)).digest('hex');
  const done = await pool.query('select from office.sources_loaded where digest = $1', [digest]);
  if (done.rowCount === 1) return;

  const loaders = await loadersOf(store, names);
  if (loaders === undefined) return;
  tell('公開資料5件の記載を登録しています(始めないときは MUSUBI_SOURCES=off)。');
  const { entries, added } = await loadSources(bus, sources, loaders, (count, of) => {
    if (count % 60 === 0 || count === of) tell(`  登録票 ${count} / ${of}`);
  });
  await pool.query(
    'insert into office.sources_loaded (digest) values ($1) on conflict do nothing',
    [digest],
  );
  tell(`公開資料の登録票は${entries}件です(新たに${added}件)。`);
}
