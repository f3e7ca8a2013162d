import { expect } from 'vitest';

import type { ListProgress } from '../../src/http/facility-lists/list-progress.js';
import type { ListShown } from '../../src/http/facility-lists/list-shown.js';
import type { Answer, Asker, TestApplication } from '../support/application.js';

/** 焼津市 with a registrar and an approver of its own, and the routes of lists by short names. */
export class Yaizu {
  private constructor(
    readonly app: TestApplication,
    readonly id: string,
    readonly registrar: { readonly token: string; readonly id: string },
    readonly approver: { readonly token: string; readonly id: string },
  ) {}

  static async in(app: TestApplication): Promise<Yaizu> {
    const id = await app.register({
      kind: 'municipality',
      name: '焼津市',
      code: '222127',
      prefecture: '静岡県',
    });
    const registrar = await app.person('yaizu-registrar', 'registrar', id);
    const approver = await app.person('yaizu-approver', 'approver', id);
    return new Yaizu(app, id, registrar, approver);
  }

  send(
    bytes: Buffer,
    asked: Readonly<Record<string, string>> = {},
    as: Asker = this.registrar,
    type = 'text/csv',
  ): Promise<Answer<ListShown>> {
    const query = new URLSearchParams({ owner: '222127', name: '一覧.csv', ...asked });
    const headers = { 'content-type': type };
    return this.app.ask('POST', `/api/facility-lists?${query.toString()}`, { as, headers }, bytes);
  }

  apply(id: string, as: Asker = this.registrar): Promise<Answer<ListProgress>> {
    return this.app.ask('POST', `/api/facility-lists/${id}/application`, { as });
  }

  judge(
    id: string,
    digest: string | null,
    asked: { readonly as?: Asker; readonly how?: string; readonly reason?: string } = {},
  ): Promise<Answer<ListProgress>> {
    const { as = this.approver, how = 'approvals', reason } = asked;
    return this.app.post(`/api/facility-lists/${id}/${how}`, { digest, reason }, { as });
  }

  shown(id: string, as: Asker = this.registrar): Promise<Answer<ListShown>> {
    return this.app.get(`/api/facility-lists/${id}`, { as });
  }

  /** Sent, applied and approved. */
  async taken(bytes: Buffer, asked: Readonly<Record<string, string>> = {}): Promise<ListProgress> {
    const { body: list } = await this.send(bytes, asked);
    const { body: applied } = await this.apply(list.id);
    const approved = await this.judge(list.id, applied.digest);
    expect([approved.status, approved.body.state]).toEqual([201, 'approved']);
    return approved.body;
  }

  /** The facilities' question, once the ledgers have everything. */
  async facilities<B>(asked: Readonly<Record<string, string>> = {}): Promise<Answer<B>> {
    const least = String(await this.app.head());
    const query = new URLSearchParams({
      owner: '焼津市',
      on: '2020-09-01',
      'at-least': least,
      ...asked,
    });
    return this.app.get<B>(`/api/facilities?${query.toString()}`);
  }
}
