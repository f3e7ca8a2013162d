import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { canonicalText } from '../../src/event-sourcing/canonical-json.js';
import { StoreUnavailable } from '../../src/event-sourcing/event-store.js';
import { UnknownEventType } from '../../src/event-sourcing/parse-event.js';
import { RegisterRoles } from '../../src/identity/register-roles.js';
import { registerStream } from '../../src/register/register-stream.js';
import { freshOffice, names, type Office, openFor, record, yokohama } from './running-office.js';

let office: Office;
let roles: RegisterRoles;
const [aoki, baba] = [randomUUID(), randomUUID()];
const auditor = (account: string) => ({ account, role: 'auditor', body: yokohama }) as const;

beforeAll(async () => {
  office = await freshOffice('roles');
  roles = new RegisterRoles(office.store, names);
});
afterAll(() => office.close());

test('before the register is opened nobody holds anything', async () => {
  expect(await roles.heldBy(aoki)).toEqual([]);
  expect(await roles.operator()).toBeUndefined();
});

test('a role counts for the next decision, whichever process granted or revoked it', async () => {
  await openFor(office, [auditor(aoki)]);
  expect(await roles.operator()).toBe(yokohama);
  expect(await roles.heldBy(aoki)).toEqual([{ role: 'auditor', body: yokohama }]);

  for (let i = 0; i < 5; i++) {
    await record(office.store, 'RoleGranted', auditor(baba));
    expect(await roles.heldBy(baba)).toEqual([{ role: 'auditor', body: yokohama }]);
    await record(office.store, 'RoleRevoked', auditor(baba));
    expect(await roles.heldBy(baba)).toEqual([]);
  }
});

test('of many who ask while a role is being revoked, nobody who asks afterwards gets it', async () => {
  await record(office.store, 'RoleGranted', auditor(baba));
  const early = Array.from({ length: 20 }, () => roles.heldBy(baba));
  const revoked = record(office.store, 'RoleRevoked', auditor(baba));
  const meanwhile = Array.from({ length: 20 }, () => roles.heldBy(baba));
  await revoked;
  const late = await Promise.all(Array.from({ length: 20 }, () => roles.heldBy(baba)));
  expect(late.flat()).toEqual([]);
  await Promise.all([...early, ...meanwhile]);
});

test('a store that does not answer is told to whoever asks, and asked again by the next', async () => {
  const other = new RegisterRoles(office.store, names);
  const failing = await freshOffice('roles_failing');
  const unlucky = new RegisterRoles(failing.store, names);
  await openFor(failing, [auditor(aoki)]);
  await failing.pool.query('alter table musubi.event rename to hidden');
  await expect(unlucky.heldBy(aoki)).rejects.toThrow();
  await failing.pool.query('alter table musubi.hidden rename to event');
  expect(await unlucky.heldBy(aoki)).toHaveLength(1);
  await failing.close();
  expect(await other.heldBy(aoki)).toHaveLength(1);
});

test('an event that a newer program wrote stops every decision', async () => {
  const stream = registerStream(names);
  const { revision } = await roles.standing();
  const event = { id: randomUUID(), type: 'RoleLent', recordedAt: new Date().toISOString() };
  const body = canonicalText({ ...event, stream, revision: revision + 1, v: 1, data: {} });
  await office.store.append(stream, revision, [{ ...event, body }]);
  await expect(roles.heldBy(aoki)).rejects.toThrow(UnknownEventType);
  await expect(roles.heldBy(aoki)).rejects.toThrow(UnknownEventType);
});

describe('while the store is away', () => {
  let away: Office;
  let known: RegisterRoles;
  let late: RegisterRoles;
  const write = () => record(away.store, 'RoleGranted', auditor(baba));
  const later = (minutes: number) => {
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + minutes * 60_000);
  };

  beforeAll(async () => {
    away = await freshOffice('roles_away');
    await openFor(away, [auditor(aoki)]);
    known = new RegisterRoles(away.store, names);
    late = new RegisterRoles(away.store, names);
    known.onModuleInit();
    await known.standing();
    await away.store.close();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => {
    known.onApplicationShutdown();
    return away.close();
  });

  test('the roles read at the start go on to count, and nothing is written', async () => {
    expect(await known.heldBy(aoki)).toEqual([{ role: 'auditor', body: yokohama }]);
    later(14);
    expect(await known.heldBy(aoki)).toEqual([{ role: 'auditor', body: yokohama }]);
    await expect(write()).rejects.toThrow(StoreUnavailable);
  });

  test('after a quarter of an hour they no longer do', async () => {
    later(16);
    await expect(known.heldBy(aoki)).rejects.toThrow(StoreUnavailable);
  });

  test('a process that never read them grants nobody anything', async () => {
    await expect(late.heldBy(aoki)).rejects.toThrow(StoreUnavailable);
  });
});
