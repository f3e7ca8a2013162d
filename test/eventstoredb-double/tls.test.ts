import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NO_STREAM } from '@eventstore/db-client';
import { expect, test } from 'vitest';

import { append, compareAt, recorded, someEvents } from './compared-server.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!hasOpenssl)('a double with a certificate is reached through TLS alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'double-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const self = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=eventstoredb-node', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...self, ...names, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const double = await EventStoreDbDouble.start({
    tls: { key: readFileSync(key), certificate: readFileSync(certificate) },
  });
  const trusting = compareAt(`${double.connectionString}&tlsCAFile=${certificate}`);
  const strange = compareAt(double.connectionString);

  await append(trusting, 's', someEvents(2), NO_STREAM);
  expect(await recorded(trusting, 's')).toHaveLength(2);
  await expect(append(strange, 's', someEvents(1), NO_STREAM)).rejects.toMatchObject({
    type: 'unavailable',
  });
  for (const server of [trusting, strange]) await server.close();
  await double.stop();
  rmSync(folder, { recursive: true });
});
