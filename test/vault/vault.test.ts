import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createRegisterSchemas } from '../../src/event-sourcing/postgres-schema.js';
import type { SealedValue } from '../../src/event-sourcing/event-store.js';
import { seal } from '../../src/vault/seal.js';
import { SealedValueAltered } from '../../src/vault/unseal.js';
import { Vault } from '../../src/vault/vault.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let database: FreshDatabase;
let pool: Pool;
let vault: Vault;

beforeAll(async () => {
  database = await freshDatabase('vault');
  pool = new Pool({ connectionString: database.url });
  const connection = await pool.connect();
  await createRegisterSchemas(connection, { schema: 'musubi', vaultSchema: 'musubi_vault' });
  connection.release();
  vault = new Vault(pool, 'musubi_vault');
});

afterAll(async () => {
  await pool.end();
  await database.dispose();
});

const contact = '結城 花子 045-000-0000 𠮷野家前';

async function kept(value: string): Promise<SealedValue> {
  const { value: stored } = vault.seal(value);
  const columns = [stored.commitment, stored.salt, stored.ciphertext, stored.key];
  await pool.query('insert into musubi_vault.sealed_value values ($1, $2, $3, $4)', columns);
  return stored;
}

test('what is sealed stands in no column of the vault, and is opened to the letter', async () => {
  const stored = await kept(contact);

  const { rows } = await pool.query('select * from musubi_vault.sealed_value');
  const bytes = rows.flatMap((row: Record<string, string>) =>
    Object.values(row).flatMap((it) => [it, Buffer.from(it, 'base64').toString('utf8')]),
  );
  for (const part of ['結城', '花子', '045-000-0000', '𠮷野家']) {
    expect(bytes.filter((it) => it.includes(part))).toEqual([]);
  }

  expect(await vault.open([stored.commitment, stored.commitment])).toEqual(
    new Map([[stored.commitment, contact]]),
  );
});

test('the same words sealed twice share neither commitment nor salt nor key nor ciphertext', () => {
  const [one, other] = [seal(contact).value, seal(contact).value];
  for (const part of ['commitment', 'salt', 'ciphertext', 'key'] as const) {
    expect(one[part]).not.toBe(other[part]);
  }
  expect(one.commitment).toMatch(/^[0-9a-f]{64}$/);
});

test('no words, and very many, are sealed alike', async () => {
  for (const words of ['', '長'.repeat(20_000), 'a\u0000b\n']) {
    const { commitment } = await kept(words);
    expect((await vault.open([commitment])).get(commitment)).toBe(words);
  }
});

test('a lone surrogate is refused, since UTF-8 would lose it', () => {
  expect(() => vault.seal('山\ud842')).toThrow(TypeError);
});

test('a repeated command is recognised by its own words alone', async () => {
  const { commitment } = await kept(contact);
  expect(await vault.matches(commitment, contact)).toBe(true);
  expect(await vault.matches(commitment, `${contact} `)).toBe(false);
  expect(await vault.matches(commitment, '')).toBe(false);
  expect(await vault.matches(seal(contact).value.commitment, contact)).toBe(false);
});

test('one flipped bit anywhere in the ciphertext, its nonce or its tag is found', async () => {
  const { commitment, ciphertext } = await kept('備考');
  const bytes = Buffer.from(ciphertext, 'base64');
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    await rewrite(commitment, 'ciphertext', altered.toString('base64'));
    await expect(vault.open([commitment])).rejects.toThrow(SealedValueAltered);
  }
});

test('a cut ciphertext is found, even cut to nothing', async () => {
  const { commitment, ciphertext } = await kept('備考');
  const bytes = Buffer.from(ciphertext, 'base64');
  for (const length of [0, 11, 12, 27, 28, bytes.length - 1]) {
    await rewrite(commitment, 'ciphertext', bytes.subarray(0, length).toString('base64'));
    await expect(vault.open([commitment])).rejects.toThrow(SealedValueAltered);
  }
});

test('another text put in by somebody who can encrypt does not fit the commitment', async () => {
  const { commitment } = await kept('同意しない');
  const forged = seal('同意する').value;
  for (const column of ['salt', 'ciphertext', 'key'] as const) {
    await rewrite(commitment, column, forged[column]);
    await expect(vault.open([commitment])).rejects.toThrow(SealedValueAltered);
  }
});

test('a salt that was exchanged is found although the ciphertext opens', async () => {
  const { commitment } = await kept('備考');
  await rewrite(commitment, 'salt', seal('備考').value.salt);
  await expect(vault.open([commitment])).rejects.toThrow(commitment);
});

test('once salt and key are destroyed the commitment opens nothing, and others stay open', async () => {
  const [erased, other] = [await kept(contact), await kept('備考')];
  await pool.query('delete from musubi_vault.sealed_value where commitment = $1', [
    erased.commitment,
  ]);

  expect(await vault.open([erased.commitment, other.commitment])).toEqual(
    new Map([[other.commitment, '備考']]),
  );
  expect(await vault.matches(erased.commitment, contact)).toBe(false);
});

test('asking for nothing opens nothing', async () => {
  expect(await vault.open([])).toEqual(new Map());
});

async function rewrite(commitment: string, column: string, value: string): Promise<void> {
  await pool.query(`update musubi_vault.sealed_value set ${column} = $2 where commitment = $1`, [
    commitment,
    value,
  ]);
}
