import type { CommandBus } from '@nestjs/cqrs';
import { loadOnce, type LoadedRegister } from './load-once.js';
import { loadSources } from './load-sources.js';
import { readSources } from './source-files.js';

/**
 * Loads the source documents unless these very ones were loaded to the end before. A load that was
 * cut off goes on where it was: what is in already is recognised by its keys.
 */
export async function loadAtStart(
  bus: CommandBus,
  register: LoadedRegister,
  tell: (line: string) => void,
): Promise<void> {
  const sources = readSources();
  await loadOnce(register, sources, async (loaders) => {
    tell('公開資料5件の記載を登録しています(始めないときは MUSUBI_SOURCES=off)。');
    const { entries, added } = await loadSources(bus, sources, loaders, (count, of) => {
      if (count % 60 === 0 || count === of) tell(`  登録票 ${count} / ${of}`);
    });
    tell(`公開資料の登録票は${entries}件です(新たに${added}件)。`);
    return true;
  });
}
