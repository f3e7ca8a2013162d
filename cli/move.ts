import { holdLedgers } from '../projections/hold-ledgers.js';
import { translateCheckpoints } from '../projections/translate-checkpoints.js';
import { systemClock } from '../src/clock.js';
import type { Config } from '../src/config.js';
import { Refusal } from '../src/entries/domain/refusal.js';
import { cancelMove } from '../src/move/cancel-move.js';
import type { LedgerKeeper, MoveOrder } from '../src/move/move-order.js';
import { moveRegister } from '../src/move/move-register.js';
import { type Command, UsageFault } from './command.js';
import { readEnds, secretsOf } from './move-ends.js';
import { progressText, stepText, tellMoved } from './move-told.js';
import { readOptionsAndFlags } from './options.js';
import type { Terminal } from './terminal.js';

const patienceMs = 30_000;

const ledgers: LedgerKeeper = {
  hold: (databaseUrl, n) => holdLedgers(databaseUrl, n, patienceMs),
  translate: translateCheckpoints,
};

/** 登録簿の移転, beside the running application or without it. */
export const move: Command = {
  name: 'move',
  usage: [
    'move --from <保存先> --to <保存先> --login <管理者のログイン名> --ground <理由> [--check]',
    '                                                                 登録簿を移し、等しいことを確かめる（--check は確かめるだけ）',
    'move --cancel --from <保存先> [--to <保存先>]                    始めた移転を取りやめる',
    '     保存先: embedded・postgres://…・esdb://…・esdb+discover://…・env:<環境変数の名>',
    '     EventStoreDB の側の PostgreSQL: --from-database・--to-database（省けば相手の側のもの）',
  ],
  run: async (args, terminal, config, environment) => {
    const { shown, secrets } = secretsOf(args, environment);
    if (shown) terminal.err(shownWarning);
    await withoutSecrets(secrets, () => readAndRun(args, terminal, config, environment));
  },
};

const shownWarning =
  '注意: コマンドラインのパスワードは、この機械のほかの利用者に見えます。env:名 で環境変数を指定してください。';

const readAndRun: Command['run'] = async (args, terminal, config, environment) => {
  const { options, flags } = readOptionsAndFlags(
    args,
    {
      from: {},
      to: { default: '' },
      'from-database': { default: '' },
      'to-database': { default: '' },
      register: { default: config.register },
      login: { default: '' },
      ground: { default: '' },
    },
    ['check', 'cancel'],
  );
  const { from, to } = readEnds(
    {
      from: options.from,
      to: options.to,
      fromDatabase: options['from-database'],
      toDatabase: options['to-database'],
    },
    environment,
  );
  const { register } = options;
  if (flags.has('cancel')) {
    await cancelMove({ from, to, register }, config);
    terminal.err('移転を取りやめました。移転元は再び登録を受け付けます。');
    return;
  }
  if (to === undefined) throw new UsageFault('--to を指定してください。');
  const check = flags.has('check');
  const login = required('login', options.login).toLowerCase();
  const ground = check ? options.ground : required('ground', options.ground);
  await carryOut({ from, to, register, login, ground, check }, terminal, config);
};

async function carryOut(order: MoveOrder, terminal: Terminal, config: Config): Promise<void> {
  const began = performance.now();
  const moved = await moveRegister(order, {
    config,
    clock: systemClock,
    ledgers,
    tell: {
      step: (step) => terminal.err(stepText(step)),
      progress: (progress) => terminal.err(progressText(progress)),
    },
  });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  tellMoved(moved, order, seconds, terminal);
}

function required(name: string, value: string): string {
  if (value.trim() === '') throw new UsageFault(`--${name} を指定してください。`);
  return value;
}

/** Drivers may quote an address in their messages; whatever is told goes out without its passwords. */
async function withoutSecrets(
  secrets: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (fault) {
    const clean = (text: string) =>
      secrets.reduce((said, secret) => said.replaceAll(secret, '***'), text);
    if (!(fault instanceof Error)) throw fault;
    const { message, stack = message } = fault;
    if (clean(message) === message && clean(stack) === stack) throw fault;
    if (fault instanceof UsageFault) throw new UsageFault(clean(message));
    if (fault instanceof Refusal) throw new Refusal(fault.kind, fault.code, clean(message));
    const safe = new Error(clean(message));
    safe.stack = clean(stack);
    throw safe;
  }
}
