import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';

import type { StoreAccount } from '../src/event-sourcing/eventstoredb/administration.js';
import { StoreUnavailable } from '../src/event-sourcing/event-store.js';
import type { StoreAddress } from './store-address.js';

/** A login as the server keeps it; groups such as `$admins` give rights beyond those of its name. */
export interface StoreUser {
  readonly loginName: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Milliseconds for one request. */
const patience = 10_000;
const mostRedirects = 3;

/** The server's users, over its HTTP interface; a node that does not lead sends on to the one that does. */
export class StoreUsers {
  private readonly ca: Buffer | undefined;

  /** @throws the system's error where the CA file cannot be read */
  constructor(
    private readonly address: StoreAddress,
    private readonly admin: StoreAccount,
  ) {
    this.ca = address.caFile === undefined ? undefined : readFileSync(address.caFile);
  }

  /** Whether the server knows this login with this password. @throws StoreUnavailable */
  async accepts(account: StoreAccount): Promise<boolean> {
    const { status } = await this.send('GET', '/users/$current', account);
    if (status === 200) return true;
    if (status === 401) return false;
    throw new StoreUnavailable(`GET /users/$current answered ${status}`);
  }

  /** Whether a login may see who else there is, which only administrators may. @throws StoreUnavailable */
  async maySeeOthers(account: StoreAccount): Promise<boolean> {
    const { status } = await this.send('GET', '/users/', account);
    return status === 200;
  }

  /** @throws StoreUnavailable */
  async find(login: string): Promise<StoreUser | undefined> {
    const path = `/users/${encodeURIComponent(login)}`;
    const { status, body } = await this.send('GET', path, this.admin);
    if (status === 404) return undefined;
    if (status !== 200) throw new StoreUnavailable(`GET /users/… answered ${status}`);
    return (JSON.parse(body) as { data: StoreUser }).data;
  }

  async create({ username, password }: StoreAccount, fullName: string): Promise<void> {
    await this.change('/users/', { loginName: username, fullName, groups: [], password });
  }

  async resetPassword({ username, password }: StoreAccount): Promise<void> {
    const path = `/users/${encodeURIComponent(username)}/command/reset-password`;
    await this.change(path, { newPassword: password });
  }

  async enable(login: string): Promise<void> {
    await this.change(`/users/${encodeURIComponent(login)}/command/enable`, {});
  }

  async leaveGroups(login: string, fullName: string): Promise<void> {
    await this.change(`/users/${encodeURIComponent(login)}`, { fullName, groups: [] }, 'PUT');
  }

  private async change(path: string, body: object, method = 'POST'): Promise<void> {
    const { status } = await this.send(method, path, this.admin, JSON.stringify(body));
    if (status >= 200 && status < 300) return;
    throw new StoreUnavailable(`${method} /users/… answered ${status}`);
  }

  /** Asks the nodes in turn until one answers. */
  private async send(
    method: string,
    path: string,
    account: StoreAccount,
    body?: string,
  ): Promise<Answer> {
    let last: unknown;
    for (const node of this.address.nodes) {
      try {
        return await this.follow(method, new URL(path, node), account, body);
      } catch (fault) {
        last = fault;
      }
    }
    const why = last instanceof Error ? last.message : String(last);
    throw new StoreUnavailable(why, { cause: last });
  }

  private async follow(
    method: string,
    first: URL,
    account: StoreAccount,
    body: string | undefined,
  ): Promise<Answer> {
    let url = first;
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const answer = await this.ask(method, url, account, body);
      if (answer.location === undefined) return answer;
      const next = new URL(answer.location, url);
      // A password goes to no place that has not shown a certificate of the same authority.
      if (next.protocol !== url.protocol) throw new Error(`sent on to ${next.protocol}`);
      url = next;
    }
    throw new Error(`sent on more than ${mostRedirects} times`);
  }

  private async ask(
    method: string,
    url: URL,
    { username, password }: StoreAccount,
    body: string | undefined,
  ): Promise<Answer & { readonly location: string | undefined }> {
    const open = url.protocol === 'https:' ? secureRequest : plainRequest;
    const token = Buffer.from(`${username}:${password}`).toString('base64');
    const headers = { authorization: `Basic ${token}`, 'content-type': 'application/json' };
    const ca = this.ca === undefined ? {} : { ca: this.ca };
    const signal = AbortSignal.timeout(patience);
    return new Promise((resolve, reject) => {
      const request = open(url, { method, headers, signal, ...ca }, (response) => {
        const status = response.statusCode ?? 0;
        const sentOn = status >= 300 && status < 400 ? response.headers.location : undefined;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status, body: Buffer.concat(chunks).toString('utf8'), location: sentOn });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}
