import type { AddressInfo } from 'node:net';

import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { ReadSide } from '../projections/read-side.js';
import { type Clock, systemClock } from './clock.js';
import type { Config } from './config.js';
import type { EventStoreDbTiming } from './event-sourcing/eventstoredb/store.js';
import { createServer } from './http/create-server.js';
import { Accounts } from './identity/accounts.js';
import { createOffice } from './identity/office-schema.js';
import { refuseMoved } from './move/refuse-moved.js';
import { openDatabase } from './postgres/open-database.js';
import { type FirstSignIns, openRegisterIfNew } from './register/open-register-if-new.js';
import { loadAtStart } from './sources/load-at-start.js';
import { loadPartiesAtStart } from './sources/parties-at-start.js';
import { openSurroundings, type Surroundings } from './surroundings.js';

/** Where an application tells a person what happens while it starts. */
export interface Announcer {
  /** One line of progress or of the embedded database's log. */
  line(text: string): void;
  /** Called once in a register's life; these are shown now or never. */
  firstSignIns(signIns: NonNullable<FirstSignIns>, operator: string): void;
}

export interface RunningApplication {
  readonly url: string;
  readonly surroundings: Surroundings;
  readonly server: NestFastifyApplication;
  /** Takes no more requests, finishes those under way, and gives the database back. */
  close(): Promise<void>;
}

/** Opened things, closed in the reverse order however far the start came. */
type Closers = (() => Promise<unknown>)[];

/** @throws DatabaseFault, StoreUnavailable, NotHere, Refusal, and the system's error for a port that is taken */
export async function startApplication(
  config: Config,
  announcer: Announcer,
  clock: Clock = systemClock,
  timing: EventStoreDbTiming = {},
): Promise<RunningApplication> {
  const closers: Closers = [];
  const close = async () => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    const database = await openDatabase(config, (line) => announcer.line(line));
    closers.push(() => database.close());
    const report = (line: string) => announcer.line(line);
    const surroundings = await openSurroundings(database.url, config, clock, {
      report,
      timing,
    });
    closers.push(() => surroundings.close());
    const restriction = refuseMoved(await surroundings.store.readOnly());
    if (restriction !== undefined) announcer.line(restriction);
    const signIns = await openRegister(surroundings);
    if (signIns !== undefined) announcer.firstSignIns(signIns, config.operator ?? '');

    const server = await createServer(surroundings);
    closers.push(() => server.close());
    if (restriction === undefined) await load(server, surroundings, report);
    await caughtUp(server.get(ReadSide, { strict: false }), surroundings);
    await server.listen(config.port, config.host);
    const { port } = server.getHttpServer().address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    return { url: `http://${host}:${port}`, surroundings, server, close };
  } catch (fault) {
    await close().catch(() => undefined);
    throw fault;
  }
}

/** What ships with the product, where it is wanted and not in yet. */
async function load(
  server: NestFastifyApplication,
  surroundings: Surroundings,
  tell: (line: string) => void,
): Promise<void> {
  const { sources, parties } = surroundings.config;
  if (!sources && !parties) return;
  await server.init();
  const bus = server.get(CommandBus);
  if (sources) await loadAtStart(bus, surroundings, tell);
  if (parties) await loadPartiesAtStart(bus, surroundings, tell);
}

/** Whoever asks first finds what is on record; a ledger that takes longer answers later. */
async function caughtUp(readSide: ReadSide, { store }: Surroundings): Promise<void> {
  const head = await store.head();
  if (head !== null) await readSide.waitFor(head.n, 30_000);
}

async function openRegister(surroundings: Surroundings): Promise<FirstSignIns> {
  const { pool, clock, config, store } = surroundings;
  await createOffice(pool);
  if (config.operator === undefined) {
    if ((await store.head()) !== null) return undefined;
    throw new RegisterNotOpen();
  }
  return openRegisterIfNew(
    { ...surroundings, accounts: new Accounts(pool, clock) },
    { name: '結', operatorName: config.operator, ground: '最初の起動による登録簿の開設' },
  );
}

/** A configured database holds no register, and nobody asked for one. */
class RegisterNotOpen extends Error {
  override readonly name = 'RegisterNotOpen';
  readonly code = 'register/not-open';
  readonly exitCode = 78;

  constructor() {
    super(
      '設定された保存先に登録簿がありません。ここに開くときは、運営団体の名称を MUSUBI_OPERATOR に指定して起動してください。',
    );
  }
}
