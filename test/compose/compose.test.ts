import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { readStoreAddress } from '../../cli/store-address.js';
import { readConfig } from '../../src/config.js';
import { checkCompose } from './check-compose.js';
import { composeFiles, environment, inProject, projectFile, surroundings } from './project.js';
import { readCompose } from './read-compose.js';

describe.each(composeFiles)('%s', (path) => {
  const text = projectFile(path);
  const { services } = readCompose(text, environment);

  test('has nothing that Compose or the servers would refuse', () => {
    expect(checkCompose(text, surroundings)).toEqual([]);
  });

  test('demands every secret by name, and has none of its own', () => {
    for (const name of Object.keys(environment)) {
      const without = { ...environment, [name]: '' };
      const found = checkCompose(text, { ...surroundings, environment: without });
      expect(found).toContainEqual(expect.stringContaining(`variable not set: ${name}`));
    }
    const passwords = Object.values(services).flatMap((it) =>
      Object.entries(it.environment ?? {}).filter(([key]) => key.includes('PASSWORD')),
    );
    expect(passwords.length).toBeGreaterThan(3);
    for (const [, value] of passwords) expect(Object.values(environment)).toContain(value);
  });

  test('keeps the administrator of EventStoreDB from the application', () => {
    const own = JSON.stringify(services['musubi']);
    expect(own).not.toContain(environment.MUSUBI_EVENTSTORE_ADMIN_PASSWORD);
    expect(own).not.toContain(environment.MUSUBI_EVENTSTORE_OPS_PASSWORD);
  });

  test('gives the key of the authority to the certificates alone', () => {
    const holders = Object.entries(services)
      .filter(([, it]) => it.volumes?.some((mount) => String(mount).startsWith('authority:')))
      .map(([name]) => name);
    expect(holders).toEqual(['certificates']);
  });

  test('starts every server again, also after an orderly end, and tells it nothing unsafe', () => {
    const nodes = Object.entries(services).filter(([name]) => name.startsWith('eventstore'));
    expect(nodes.length).toBeGreaterThan(0);
    for (const [, node] of nodes) {
      expect(node.restart).toBe('always');
      expect(node.environment).not.toHaveProperty('EVENTSTORE_INSECURE');
      expect(node.environment).toMatchObject({ EVENTSTORE_TELEMETRY_OPTOUT: 'true' });
      expect(node.environment).toHaveProperty('EVENTSTORE_DEFAULT_ADMIN_PASSWORD', 'a3');
    }
  });

  test('names its servers in their certificates as they are reached', () => {
    const asked = (services['certificates']?.command ?? []).slice(2);
    for (const [name, node] of Object.entries(services)) {
      if (!name.startsWith('eventstore')) continue;
      expect(node.environment).toHaveProperty('EVENTSTORE_NODE_HOST_ADVERTISE_AS', name);
      expect(asked).toContainEqual(`/${name}=${name},localhost,127.0.0.1`);
    }
    const store = String(services['musubi']?.environment?.['EVENTSTORE_CONNECTION_STRING']);
    for (const node of readStoreAddress(store).nodes) {
      expect(Object.keys(services)).toContain(new URL(node).hostname);
    }
  });

  test('speaks to EventStoreDB with TLS and the account that secure-store makes', () => {
    const store = String(services['musubi']?.environment?.['EVENTSTORE_CONNECTION_STRING']);
    const secured = services['secure-store']?.command ?? [];
    expect(store).toMatch(/^esdb:\/\/musubi:e2@/);
    expect(store.replace('musubi:e2@', '')).toBe(secured[secured.indexOf('--store') + 1]);
    expect(readStoreAddress(store)).toMatchObject({ tls: true, caFile: '/trust/ca.crt' });
    expect(secured[secured.indexOf('--user') + 1]).toBe('musubi');
  });

  test('tells the application nothing that its configuration refuses', () => {
    const told = services['musubi']?.environment ?? {};
    expect(readConfig(told)).toMatchObject({
      operator: '横浜市',
      sources: false,
      databaseUrl: expect.stringContaining('@database:5432/musubi'),
      eventStoreUrl: expect.stringMatching(/^esdb:\/\/musubi:.+tls=true/),
    });
  });

  test('is read by docker compose itself, where that is here', ({ skip }) => {
    if (spawnSync('docker', ['compose', 'version']).status !== 0) {
      console.warn('compose: docker compose is not here, so it was not asked about the files');
      skip();
    }
    const words = ['compose', '--file', inProject(path), 'config', '--quiet'];
    execFileSync('docker', words, { env: { ...process.env, ...environment } });
  });
});

test('the image starts programs that the build makes', () => {
  const dockerfile = projectFile('Dockerfile');
  const commands = composeFiles.flatMap((path) => {
    const { services } = readCompose(projectFile(path), environment);
    return Object.values(services).flatMap((it) => [it.command ?? []].flat());
  });
  const named = `${dockerfile} ${commands.join(' ')}`.match(/\bdist\/[\w/-]+\.js/g) ?? [];
  expect(new Set(named)).toEqual(
    new Set([
      'dist/src/main.js',
      'dist/cli/main.js',
      'dist/src/postgres/binaries.js',
      'dist/src/postgres/library-links.js',
    ]),
  );
  for (const path of named) {
    expect(existsSync(inProject(path.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
  }
});

test('the image starts the application as npm start does', () => {
  const [, command = ''] = /^CMD (.+)$/m.exec(projectFile('Dockerfile')) ?? [];
  const { scripts } = JSON.parse(projectFile('package.json')) as { scripts: { start: string } };
  expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts.start);
});
