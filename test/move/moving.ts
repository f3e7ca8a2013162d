import { Pool } from 'pg';

import { run } from '../../cli/run.js';
import { systemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { Accounts } from '../../src/identity/accounts.js';
import { ApiTokens } from '../../src/identity/api-tokens.js';
import { createOffice } from '../../src/identity/office-schema.js';
import type { Moved } from '../../src/move/move-order.js';
import { openRegisterIfNew } from '../../src/register/open-register-if-new.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { type RunningApplication, startApplication } from '../../src/start-application.js';
import { firstPlace, type MadePlace, register } from './places.js';

export interface Said {
  readonly exit: number;
  readonly out: readonly string[];
  readonly err: string;
  /** Everything, as a person sees it. */
  readonly text: string;
}

export const ground = '三号機の更新に伴う移転';

/** The words for a move between two places. */
export function words(from: MadePlace, to: MadePlace, ...more: readonly string[]) {
  const ways = ['move', '--from', from.place, '--to', to.place, '--register', from.register];
  const databases = [
    from.database === undefined ? [] : ['--from-database', from.database],
    to.database === undefined ? [] : ['--to-database', to.database],
  ];
  return [...ways, ...databases.flat(), ...more];
}

export const authority = ['--login', 'administrator', '--ground', ground];

export async function cli(environment: NodeJS.ProcessEnv, given: readonly string[]): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const exit = await run(given, terminal, { MUSUBI_DATA: '/nonexistent', ...environment });
  return { exit, out, err: err.join('\n'), text: [...out, ...err].join('\n') };
}

export function tryMove(from: MadePlace, to: MadePlace, ...more: readonly string[]): Promise<Said> {
  const environment = { ...from.environment, ...to.environment };
  return cli(environment, words(from, to, ...authority, ...more));
}

export type Summary = Moved & { readonly seconds: number; readonly register: string };

/** A move that must succeed. @throws Error with all that was said otherwise */
export async function moved(
  from: MadePlace,
  to: MadePlace,
  ...more: readonly string[]
): Promise<Summary> {
  const said = await tryMove(from, to, ...more);
  if (said.exit !== 0) throw new Error(said.text);
  return JSON.parse(said.out[0] ?? '') as Summary;
}

/** An empty register at a place of the first kind: opened, with its five people. */
export async function openedPlace(label: string, name = register): Promise<MadePlace> {
  const place = await firstPlace.make(label, name);
  const store = await place.openStore();
  const pool = new Pool({ connectionString: place.databaseUrl });
  try {
    await createOffice(pool);
    const accounts = new Accounts(pool, systemClock);
    const names = new StreamNames(name);
    await openRegisterIfNew(
      { store, clock: systemClock, names, pool, accounts },
      { name: '試験', operatorName: '横浜市', ground: '試験' },
    );
  } finally {
    await store.close();
    await pool.end();
  }
  return place;
}

export async function tokenAt(place: MadePlace, login: string): Promise<string> {
  const pool = new Pool({ connectionString: place.databaseUrl });
  try {
    return (await new ApiTokens(pool, systemClock).create(login, '試験', 1)).secret;
  } finally {
    await pool.end();
  }
}

export function startAt(
  { settings }: MadePlace,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningApplication> {
  const config = readConfig({
    PORT: '0',
    MUSUBI_DATA: '/nonexistent',
    LOG_LEVEL: 'error',
    ...settings,
    ...more,
  });
  return startApplication(config, { line: () => undefined, firstSignIns: () => undefined });
}
