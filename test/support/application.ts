import { randomUUID } from 'node:crypto';

import { type Clock, systemClock } from '../../src/clock.js';
import type { Config } from '../../src/config.js';
import type { Role } from '../../src/entries/domain/event.js';
import type { EventStoreDbTiming } from '../../src/event-sourcing/eventstoredb/store.js';
import { Accounts } from '../../src/identity/accounts.js';
import { ApiTokens } from '../../src/identity/api-tokens.js';
import { RegisterRoles } from '../../src/identity/register-roles.js';
import { type RunningApplication, startApplication } from '../../src/start-application.js';
import { type FreshDatabase, freshDatabase } from './database.js';

/** What came back: JSON read, everything else as text. */
export interface Answer<B = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the body; `{}` where it is none. */
  readonly body: B;
  /** `code` of a problem. */
  readonly code: string | undefined;
}

/** Who asks: a person of the operator by role, the public, or the owner of any token. */
export type Asker = Role | 'public' | { readonly token: string };

export interface Asking {
  readonly as?: Asker;
  readonly headers?: Readonly<Record<string, string>>;
  /** Idempotency-Key; a new one for each command where none is given. */
  readonly key?: string;
}

/** A command's answer: see `CommandResult`. */
export interface Entered {
  readonly id: string;
  readonly entry: string;
  readonly digest: string;
  readonly events: readonly string[];
  readonly revision: number;
  readonly n: number;
  readonly repeated: boolean;
}

/**
 * The real application on a fresh database and a port of its own: `startTestApplication('label')` in
 * `beforeAll`, `await it.close()` in `afterAll`. The register is open, 横浜市 is its operator, no source
 * document is loaded, and five persons of the operator (one of each role) hold API tokens.
 *
 * - `get(path, { as })`, `post(path, body, { as, key, headers })`: one request; `as` is a role, 'public'
 *   (the default for get), or `{ token }`; post is the registrar's where not said.
 * - `enter(body)`: POST /api/entries, must be 201; `approve(entered)`: its approval by the approver.
 * - `register(party)`: registers and approves a party, answers with its id; `operator` has 横浜市's.
 * - `person(login, role, body)`: another account with that role, answers with its token.
 * - `head()`: the newest register number, -1 for none; `surroundings` has pool, store, clock, names.
 */
export class TestApplication {
  private constructor(
    readonly database: FreshDatabase,
    private readonly running: RunningApplication,
    private readonly tokens: Readonly<Record<Role, string>>,
    readonly operator: string,
    /** Starts another process on the same register; whoever asked for it closes it. */
    readonly another: () => Promise<RunningApplication>,
  ) {}

  static async start(
    label: string,
    clock: Clock = systemClock,
    settings: Partial<Config> = {},
    timing: EventStoreDbTiming = {},
  ): Promise<TestApplication> {
    const database = await freshDatabase(label);
    const config = { ...configFor(database.url), ...settings };
    const another = () => startApplication(config, silent, clock, timing);
    const running = await another();
    const { pool, store, names } = running.surroundings;
    const tokens = new ApiTokens(pool, clock);
    const of = async (role: Role) => (await tokens.create(role, '試験', 1)).secret;
    const operator = await new RegisterRoles(store, names).operator();
    return new TestApplication(
      database,
      running,
      {
        registrar: await of('registrar'),
        approver: await of('approver'),
        auditor: await of('auditor'),
        counter: await of('counter'),
        administrator: await of('administrator'),
      },
      operator ?? '',
      another,
    );
  }

  get url(): string {
    return this.running.url;
  }

  get surroundings() {
    return this.running.surroundings;
  }

  /** The Nest application, for its table of routes and its document. */
  get server() {
    return this.running.server;
  }

  tokenOf(asker: Asker): string | undefined {
    if (asker === 'public') return undefined;
    return typeof asker === 'string' ? this.tokens[asker] : asker.token;
  }

  get<B = Record<string, unknown>>(path: string, asking: Asking = {}): Promise<Answer<B>> {
    return this.ask('GET', path, { as: 'public', ...asking });
  }

  post<B = Record<string, unknown>>(
    path: string,
    body: unknown,
    { as = 'registrar', key = randomUUID(), headers = {} }: Asking = {},
  ): Promise<Answer<B>> {
    const sent = { 'content-type': 'application/json', 'idempotency-key': key, ...headers };
    return this.ask('POST', path, { as, headers: sent }, JSON.stringify(body));
  }

  /** One request as it is; `body` goes out unchanged. */
  async ask<B = Record<string, unknown>>(
    method: string,
    path: string,
    { as = 'public', headers = {} }: Asking = {},
    body?: string | Buffer,
  ): Promise<Answer<B>> {
    const token = this.tokenOf(as);
    const bearer: Record<string, string> =
      token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...bearer, ...headers },
      ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
    });
    const text = await response.text();
    const json = isJson(response) ? (JSON.parse(text) as Record<string, unknown>) : {};
    const code = typeof json['code'] === 'string' ? json['code'] : undefined;
    return { status: response.status, headers: response.headers, text, body: json as B, code };
  }

  async enter(body: object, asking: Asking = {}): Promise<Entered> {
    return expected(201, await this.post<Entered>('/api/entries', body, asking));
  }

  /** Approves what a command answered with, by default as the operator's approver. */
  async approve(
    stream: { readonly kind: string; readonly id: string },
    { entry, digest }: Entered,
    asking: Asking = {},
  ): Promise<Entered> {
    const path = `/api/entries/${entry}/approvals`;
    return expected(
      201,
      await this.post<Entered>(path, { digest, stream }, { as: 'approver', ...asking }),
    );
  }

  /** Enters and approves the first act of a party; the operator's own id where `id` says so. */
  async register(data: object, id?: string): Promise<string> {
    const acts = [{ type: 'PartyRegistered', data }];
    const target = id === undefined ? { opens: 'party' } : { stream: { kind: 'party', id } };
    const entered = await this.enter({ ...target, acts });
    await this.approve({ kind: 'party', id: entered.id }, entered);
    return entered.id;
  }

  /** A new account that holds one role for a body. */
  async person(login: string, role: Role, body: string): Promise<{ token: string; id: string }> {
    const { pool, clock } = this.surroundings;
    const { id } = await new Accounts(pool, clock).create(login, login);
    expected(
      201,
      await this.post('/api/grants', { account: id, role, body }, { as: 'administrator' }),
    );
    const { secret } = await new ApiTokens(pool, clock).create(login, '試験', 1);
    return { token: secret, id };
  }

  async head(): Promise<number> {
    return (await this.surroundings.store.head())?.n ?? -1;
  }

  /** Ends the process and keeps the database. */
  async stop(): Promise<void> {
    await this.running.close();
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.database.dispose();
  }
}

export function startTestApplication(
  label: string,
  clock?: Clock,
  settings?: Partial<Config>,
  timing?: EventStoreDbTiming,
): Promise<TestApplication> {
  return TestApplication.start(label, clock, settings, timing);
}

function configFor(databaseUrl: string): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    data: '/nonexistent',
    databaseUrl,
    eventStoreUrl: undefined,
    register: 'test',
    operator: '横浜市',
    sources: false,
    parties: false,
    logLevel: 'error',
    trustedProxies: [],
  };
}

const silent = { line: () => undefined, firstSignIns: () => undefined };

function isJson(response: Response): boolean {
  return /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '');
}

function expected<B>(status: number, answer: Answer<B>): B {
  if (answer.status === status) return answer.body;
  throw new Error(`${answer.status} instead of ${status}: ${answer.text}`);
}
