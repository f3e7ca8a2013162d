import { randomBytes, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { CommandResult } from '../../src/entries/command-result.js';
import { filesWith, formsOf, tablesWith } from '../compiled/traces.js';
import { vaultFaults, wholeLog } from '../crash/log-of-register.js';
import { RunningRegister, type Sent } from './running-register.js';

/** Two characters that no other text here holds, so that even a search key of one would show. */
const [first, second] = ['鱻', '龘'];
/** The same for an open text: what finds it would find a sealed one. */
const openWord = '麤';
const sealed = (what: string) => `${first}${second}${what}${randomBytes(6).toString('hex')}`;

/** What the keeping body's registrar finds in the detail of the agreement. */
const words = {
  remark: sealed('備考'),
  person: sealed('担当者'),
  reason: sealed('理由'),
  approval: sealed('承認の理由'),
  corrected: sealed('訂正後の備考'),
};
const elsewhere = {
  signatory: sealed('署名者'),
  rejection: sealed('却下の理由'),
  dispute: sealed('異議の理由'),
  doubted: sealed('異議の値'),
};

let it: RunningRegister;
let kamakura: string;
let agreement: CommandResult;
/** The key of a command that was carried out, and its body. */
let used: { readonly key: string; readonly body: object };

const outline = (remark: string) => ({
  keeper: it.office.keeper,
  title: `${openWord}の協定`,
  kind: 'agreement',
  fields: ['図書館'],
  parties: [{ party: it.office.keeper }, { party: it.office.partner }],
  remark,
});
const opening = (remark: string) => ({
  opens: 'agreement',
  acts: [
    { type: 'AgreementRegistered', acted: '平成29年2月20日', data: outline(remark) },
    {
      type: 'ContactStated',
      data: { body: it.office.keeper, office: '図書館', person: words.person },
    },
    { type: 'DisclosureDecided', data: { disclosed: true, ground: '公開済みの資料' } },
  ],
  reason: words.reason,
});

beforeAll(async () => {
  it = await RunningRegister.start('sealed');
  kamakura = await it.person('aoki', 'registrar', it.office.partner);

  agreement = await it.approved(opening(words.remark), words.approval);
  const stream = { kind: 'agreement', id: agreement.id };
  const fields = [{ field: 'remark', new: words.corrected }];
  const correction = { type: 'FactCorrected', data: { event: agreement.events[0], fields } };
  await it.approved({ stream, acts: [correction], reason: words.reason }, words.approval);
  await it.done(kamakura, '/api/disputes', {
    stream,
    body: it.office.partner,
    event: agreement.events[0],
    fields: [{ field: 'remark', value: elsewhere.doubted }],
    reason: elsewhere.dispute,
  });

  const draft = { type: 'AgreementDrafted', data: outline(words.remark) };
  const drafted = await it.approved({ opens: 'agreement', acts: [draft] }, words.approval);
  const data = { party: it.office.keeper, signatory: elsewhere.signatory };
  const acts = [{ type: 'PartySigned', acted: '令和8年4月1日', data }];
  used = { key: randomUUID(), body: { stream: { kind: 'agreement', id: drafted.id }, acts } };
  const { registrar, approver } = it.office;
  const signed = await it.done(registrar, '/api/entries', used.body, used.key);
  const again = await it.post(registrar, '/api/entries', used.body, used.key);
  expect([again.status, again.body.events]).toEqual([200, signed.events]);
  await it.done(approver, `/api/entries/${signed.entry}/rejections`, {
    stream: { kind: 'agreement', id: drafted.id },
    digest: signed.digest,
    reason: elsewhere.rejection,
  });
}, 120_000);
afterAll(() => it?.close());

describe('a refused command with sealed text', () => {
  const enter = (body: unknown, key?: string) =>
    it.post(it.office.registrar, '/api/entries', body, key);
  const dated = (acted: string) => ({
    opens: 'agreement',
    acts: [{ type: 'AgreementRegistered', acted, data: outline(words.remark) }],
  });
  const wrong: Readonly<Record<string, () => Promise<Sent>>> = {
    'by somebody who may not': () =>
      it.post(it.tokens.counter, '/api/entries', opening(words.remark)),
    'for another body': () => it.post(kamakura, '/api/entries', opening(words.remark)),
    'with an unknown field beside it': () =>
      enter({ ...opening(words.remark), memo: words.remark }),
    'with too much of it': () => enter(opening(words.remark.repeat(400))),
    'where a date belongs': () => enter(dated(words.remark)),
    'in a body that is no JSON': () => enter(`{"acts": [{"remark": "${words.remark}"`),
    'under a key that was used for other words': () =>
      enter(
        JSON.parse(JSON.stringify(used.body).replace(elsewhere.signatory, words.remark)),
        used.key,
      ),
    'in an approval by another digest': () =>
      it.post(it.office.approver, `/api/entries/${agreement.entry}/approvals`, {
        stream: { kind: 'agreement', id: agreement.id },
        digest: '0'.repeat(64),
        reason: words.reason,
      }),
  };

  test.each(Object.entries(wrong))('%s is refused', async (_, send) => {
    const { status, text } = await send();
    expect(status, text).toBeGreaterThanOrEqual(400);
    expect(status, text).toBeLessThan(500);
  });

  test('leaves nothing in the vault', async () => {
    const {
      sealed: kept,
      missing,
      unclaimed,
    } = await vaultFaults(it.client, await wholeLog(it.client));
    expect(kept).toBeGreaterThan(10);
    expect([missing, unclaimed]).toEqual([[], []]);
  });
});

describe('sealed text is opened', () => {
  const detail = () => `/api/agreements/${agreement.id}?known=now`;
  const readings = async () => {
    const { rows } = await it.client.query<{ login: string }>(
      `select login from office.access_log log join office.account on account.id = log.account
        where what = $1 order by log.id`,
      [`sealed agreement-detail ${agreement.id}`],
    );
    return rows.map(({ login }) => login);
  };

  test('for a registrar of the keeping body, and the reading is logged', async () => {
    expect(await readings()).toEqual([]);
    const { status, text } = await it.get(detail(), it.office.registrar);
    expect(status, text).toBe(200);
    for (const word of Object.values(words)) {
      expect(text).toContain(word);
    }
    expect(await readings()).toEqual(['registrar']);
  });

  test.each([
    ['the public', () => undefined],
    ['a counter', () => it.tokens.counter],
    ['another body’s registrar', () => kamakura],
    ['an administrator', () => it.tokens.administrator],
  ])('not for %s', async (_, token) => {
    const { status, text } = await it.get(detail(), token());
    expect(status, text).toBe(200);
    expect(text).toContain(openWord);
    expect(text).not.toContain(first);
    expect(await readings()).toEqual(['registrar']);
  });
});

describe('after all this, and after searching for it', () => {
  test('a search finds nothing by sealed text', async () => {
    const query = (q: string) => `/api/agreements?text=${encodeURIComponent(q)}`;
    for (const token of [undefined, it.office.registrar]) {
      expect((await it.get(query(openWord), token)).text).toContain(agreement.id);
      const { status, text } = await it.get(query(words.remark), token);
      expect(status, text).toBe(200);
      expect(text).not.toContain(agreement.id);
    }
    expect((await it.get(`/api/agreements/${encodeURIComponent(words.remark)}`)).status).toBe(404);
  });

  test('no row of any table holds it, the vault’s and the search keys of the ledgers included', async () => {
    const found = await tablesWith(it.client, formsOf(openWord));
    expect(found).toEqual(expect.arrayContaining(['musubi.event', 'register_v1.part_row']));
    expect(await tablesWith(it.client, [first, second, ...formsOf(first + second)])).toEqual([]);
  });

  test('no file of the data directory holds it', async () => {
    expect((await filesWith(it.installation.directory, openWord)).length).toBeGreaterThan(0);
    expect(await filesWith(it.installation.directory, first + second)).toEqual([]);
  });

  test('neither the metrics nor what the program wrote holds it', async () => {
    const { status, text } = await it.get('/metrics', it.tokens.administrator);
    expect(status).toBe(200);
    expect(it.program.output).toMatch(/"route":"\/api\/entries"/);
    for (const form of formsOf(first + second)) {
      expect(text).not.toContain(form);
      expect(it.program.output).not.toContain(form);
    }
  });
});
