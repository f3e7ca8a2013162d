import { createHash } from 'node:crypto';

import type { CommandBus } from '@nestjs/cqrs';
import type { Pool } from 'pg';

import type { StreamNames } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { inTurn } from '../postgres/in-turn.js';
import { loadNationalList } from './load-national-list.js';
import { loadersOf } from './loaders.js';
import { readNationalList } from './national-list.js';
import { readSources } from './source-files.js';

interface Register {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly names: StreamNames;
}

/**
 * Registers every municipality, ward and prefecture unless this very list was loaded to the end before.
 * It is not at its end while an entry that waits for approval stands for one of them.
 * A load that was cut off goes on where it was. A process that starts meanwhile waits until they are in.
 */
export async function loadPartiesAtStart(
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
  const list = readNationalList();
  const digest = createHash('sha256').update(JSON.stringify(list)).digest('hex');
  const done = await pool.query('select from office.sources_loaded where digest = $1', [digest]);
  if (done.rowCount === 1) return;

  const loaders = await loadersOf(store, names);
  if (loaders === undefined) return;
  tell('全国の都道府県・市区町村・行政区を登録しています(始めないときは MUSUBI_PARTIES=off)。');
  const { bodies, added, waiting } = await loadNationalList(
    bus,
    { list, sources: readSources() },
    { loaders, store, names },
    (count, of) => {
      if (count % 500 === 0 || count === of) tell(`  登録票 ${count} / ${of}`);
    },
  );
  if (waiting > 0) {
    return tell(
      `全国の団体は${bodies}です(新たな登録票は${added}件)。うち${waiting}件は承認待ちの登録票によるため、次に始めるときにもう一度確かめます。`,
    );
  }
  await pool.query(
    'insert into office.sources_loaded (digest) values ($1) on conflict do nothing',
    [digest],
  );
  tell(`全国の団体は${bodies}です(新たな登録票は${added}件)。`);
}
