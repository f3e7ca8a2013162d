import { openDataSource } from '../projections/data-source.js';
import type { Ledger } from '../projections/ledger.js';
import { ledgerNamed, ledgers } from '../projections/ledgers.js';
import { rebuildAll, type Rebuilt } from '../projections/rebuild.js';
import type { RebuildProgress } from '../projections/rebuild-progress.js';
import { systemClock } from '../src/clock.js';
import { reachDatabase } from '../src/postgres/open-database.js';
import { openSurroundings } from '../src/surroundings.js';
import { type Command, UsageFault } from './command.js';
import type { Terminal } from './terminal.js';

const names = ledgers.map((it) => it.name).join('・');

/** 台帳の作り直し, beside the running application or without it. */
export const rebuild: Command = {
  name: 'rebuild',
  usage: [`rebuild <台帳>…   台帳を登録番号順の記録から作り直す（${names}）`],
  run: async (args, terminal, config) => {
    const chosen = [...new Set(args.map(chosenLedger))];
    if (chosen.length === 0) throw new UsageFault(`台帳を指定してください: ${names}`);
    const database = await reachDatabase(config);
    try {
      const source = await openDataSource(database.url);
      await source.destroy();
      const surroundings = await openSurroundings(database.url, config, systemClock, {
        anew: true,
      });
      try {
        const all = chosen.map((it) => it.name).join('・');
        const made = await rebuildAll(chosen, surroundings, {
          connection: { connectionString: database.url },
          onProgress: (it) => terminal.err(progressText(it.ledger ?? all, it)),
        });
        for (const it of made) report(it, terminal);
      } finally {
        await surroundings.close();
      }
    } finally {
      await database.close();
    }
  },
};

function chosenLedger(name: string): Ledger {
  const found = ledgerNamed(name);
  if (found === undefined) throw new UsageFault(`「${name}」という台帳はありません: ${names}`);
  return found;
}

const stages: Readonly<Record<RebuildProgress['stage'], string>> = {
  reading: '読み込み',
  indexing: '索引の作成',
  'catching-up': '追いつき',
  comparing: '前の版との比較',
  serving: '切り替え',
};

function progressText(name: string, { stage, events, of }: RebuildProgress): string {
  const share = of === 0 ? 100 : Math.floor((events / of) * 100);
  return `${name}: ${stages[stage]} ${events}/${of}（${share}%）`;
}

/** What changed goes to standard output, one line of JSON for each example. */
function report({ ledger, version, fold, n, rows, comparison }: Rebuilt, terminal: Terminal): void {
  terminal.err(
    `${ledger}: 第${version}版（fold ${fold}）、登録番号 ${n} まで、${rows} 行。前の版も残してあります。`,
  );
  if (comparison === undefined) return;
  terminal.err(
    comparison.changed === 0
      ? `${ledger}: 登録番号 ${comparison.n} までの過去の答えは変わりません（${comparison.checksums.after}）。`
      : `${ledger}: 過去の答えが変わる項目が ${comparison.changed} 件あります。`,
  );
  for (const it of comparison.examples) terminal.out(JSON.stringify(it));
}
