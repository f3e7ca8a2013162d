import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import type { CommandResult } from '../../src/entries/command-result.js';
import { Installation } from '../compiled/installation.js';
import type { Program } from '../compiled/program.js';
import { openOffice } from '../crash/office.js';
import type { Office } from '../crash/writers.js';

export interface Sent {
  readonly status: number;
  readonly text: string;
  /** `{}` where the answer is no JSON. */
  readonly body: CommandResult & { readonly code?: string };
}

/** The compiled program with a register of two cities, 横浜市 who keeps it and 鎌倉市, and its people. */
export class RunningRegister {
  private constructor(
    readonly installation: Installation,
    readonly program: Program,
    readonly url: string,
    readonly client: Client,
    readonly office: Office,
    readonly tokens: Readonly<Record<'counter' | 'administrator', string>>,
  ) {}

  static async start(label: string): Promise<RunningRegister> {
    const installation = await Installation.make(label);
    try {
      const program = installation.start({ MUSUBI_SOURCES: 'off', LOG_LEVEL: 'debug' });
      const url = await program.url();
      const office = await openOffice(installation, url);
      const counter = await installation.token('counter');
      const administrator = await installation.token('administrator');
      const client = new Client({ connectionString: await installation.database() });
      await client.connect();
      const tokens = { counter, administrator };
      return new RunningRegister(installation, program, url, client, office, tokens);
    } catch (fault) {
      await installation.dispose();
      throw fault;
    }
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.installation.dispose();
  }

  async get(path: string, token?: string): Promise<Sent> {
    return this.send(path, token, {});
  }

  /** A string goes out as it is. */
  async post(token: string, path: string, body: unknown, key?: string): Promise<Sent> {
    return this.send(path, token, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key ?? randomUUID() },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** A command that must be carried out. @throws Error with the answer otherwise */
  async done(token: string, path: string, body: unknown, key?: string): Promise<CommandResult> {
    const sent = await this.post(token, path, body, key);
    if (sent.status === 201) return sent.body;
    throw new Error(`${path}: ${sent.status} ${sent.text}`);
  }

  /** An entry of the keeping body on an agreement, approved with a reason. */
  async approved(entry: object, reason: string): Promise<CommandResult> {
    const result = await this.done(this.office.registrar, '/api/entries', entry);
    const stream = { kind: 'agreement', id: result.id };
    const path = `/api/entries/${result.entry}/approvals`;
    await this.done(this.office.approver, path, { stream, digest: result.digest, reason });
    return result;
  }

  /** A new account that holds one role for a body, with its token. */
  async person(login: string, role: string, body: string): Promise<string> {
    const { administrator } = this.tokens;
    const account = await this.done(administrator, '/api/accounts', { login, displayName: login });
    await this.done(administrator, '/api/grants', { account: account.id, role, body });
    return this.installation.token(login);
  }

  private async send(path: string, token: string | undefined, init: RequestInit): Promise<Sent> {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(`${this.url}${path}`, { ...init, headers });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, text, body: (json ? JSON.parse(text) : {}) as Sent['body'] };
  }
}
