import { X509Certificate } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Certificates, newCertificates, opensslIsHere } from './certificates.js';

if (!opensslIsHere) console.warn('certificates: openssl is not here, so none were made');

const day = 24 * 60 * 60 * 1000;

describe.skipIf(!opensslIsHere)('the certificates of the Compose files', () => {
  let made: Certificates;
  const node = () => new X509Certificate(made.file('node/node.crt'));
  const authority = () => new X509Certificate(made.file('trust/ca.crt'));

  beforeAll(() => {
    made = newCertificates('eventstore,localhost,127.0.0.1');
  });
  afterAll(() => rmSync(made.directory, { recursive: true }));

  test('name a node by each of its names and addresses, and by the name that nodes share', () => {
    expect(node().subject).toBe('CN=eventstoredb-node');
    expect(node().subjectAltName).toBe('DNS:eventstore, DNS:localhost, IP Address:127.0.0.1');
    expect(node().checkHost('elsewhere')).toBeUndefined();
    // Server and client authentication: a node is both to the other nodes.
    expect(node().keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });

  test('are signed by an authority of their own, and last thirteen months', () => {
    expect(authority().ca).toBe(true);
    expect(node().ca).toBe(false);
    expect(node().verify(authority().publicKey)).toBe(true);
    const days = (Date.parse(node().validTo) - Date.now()) / day;
    expect(days).toBeGreaterThan(395);
    expect(days).toBeLessThan(398);
    expect((Date.parse(authority().validTo) - Date.now()) / day).toBeGreaterThan(3600);
  });

  test('keep the keys from others, and the key of the authority from where it is trusted', () => {
    for (const key of ['authority/ca.key', 'node/node.key']) {
      expect(statSync(join(made.directory, key)).mode & 0o077).toBe(0);
    }
    expect(statSync(made.ca).mode & 0o777).toBe(0o644);
    expect(readdirSync(join(made.directory, 'trust'))).toEqual(['ca.crt']);
  });

  test('stay as they are when they are made again, and are renewed for another name', () => {
    const before = node().fingerprint256;
    expect(made.make()).toContain('serves until');
    expect(node().fingerprint256).toBe(before);

    expect(made.make('eventstore,other,10.0.0.7')).toContain('DNS:other,IP:10.0.0.7');
    expect(node().checkHost('other')).toBe('other');
    expect(node().checkIP('10.0.0.7')).toBe('10.0.0.7');
    expect(node().verify(authority().publicKey)).toBe(true);
  });

  test('are renewed where the key is gone or the authority is another', () => {
    const before = node().fingerprint256;
    rmSync(join(made.directory, 'node/node.key'));
    made.make();
    expect(node().fingerprint256).not.toBe(before);

    const other = newCertificates();
    for (const name of ['ca.key', 'ca.crt']) {
      writeFileSync(join(made.directory, 'authority', name), other.file(`authority/${name}`));
    }
    made.make();
    expect(node().verify(authority().publicKey)).toBe(true);
    expect(authority().fingerprint256).toBe(
      new X509Certificate(other.file('trust/ca.crt')).fingerprint256,
    );
    rmSync(other.directory, { recursive: true });
  });
});
