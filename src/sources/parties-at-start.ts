import type { CommandBus } from '@nestjs/cqrs';

import { loadNationalList } from './load-national-list.js';
import { loadOnce, type LoadedRegister } from './load-once.js';
import { readNationalList } from './national-list.js';
import { readSources } from './source-files.js';

/**
 * Registers every municipality, ward and prefecture unless this very list was loaded to the end before.
 * It is not at its end while an entry that waits for approval stands for one of them.
 * A load that was cut off goes on where it was.
 */
export async function loadPartiesAtStart(
  bus: CommandBus,
  register: LoadedRegister,
  tell: (line: string) => void,
): Promise<void> {
  const list = readNationalList();
  await loadOnce(register, list, async (loaders) => {
    const { store, names } = register;
    tell('全国の都道府県・市区町村・行政区を登録しています(始めないときは MUSUBI_PARTIES=off)。');
    const { bodies, added, waiting } = await loadNationalList(
      bus,
      { list, sources: readSources() },
      { loaders, store, names },
      (count, of) => {
        if (count % 500 === 0 || count === of) tell(`  登録票 ${count} / ${of}`);
      },
    );
    const again =
      waiting > 0
        ? `うち${waiting}件は承認待ちの登録票によるため、次に始めるときにもう一度確かめます。`
        : '';
    tell(`全国の団体は${bodies}です(新たな登録票は${added}件)。${again}`);
    return waiting === 0;
  });
}
