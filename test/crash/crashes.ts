import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ledgers } from '../../projections/ledgers.js';
import { Installation } from '../compiled/installation.js';
import type { Program } from '../compiled/program.js';
import { surely } from './command.js';
import { comparedLedgers, ledgersAt } from './ledger-rows.js';
import { beyond, gaps, lost, vaultFaults, wholeLog, type LoggedEvent } from './log-of-register.js';
import { openOffice } from './office.js';
import { Writers } from './writers.js';

const rounds = 10;
const writersAtOnce = 6;
const commandsOfRound = 40;

const nothing = () => undefined;

/** Kills something, and gives the program that serves from then on. */
export type Kill = (installation: Installation, serving: Program) => Promise<Program>;

/** What must hold after `kill` has struck ten times among writers who repeat until they are answered. */
export function survives(what: string, kill: Kill): void {
  describe(what, () => {
    let installation: Installation;
    let serving: Program;
    let writers: Writers;
    let address: Promise<string>;
    let client: Client;
    let before: number;
    let log: readonly LoggedEvent[];

    beforeAll(async () => {
      installation = await Installation.make('crash');
      serving = installation.start({ MUSUBI_SOURCES: 'off' });
      address = serving.url();
      const office = await openOffice(installation, await address);
      before = office.events;
      writers = new Writers(office, () => address);
      writers.start(writersAtOnce);
      for (let round = 1; round <= rounds; round += 1) {
        await writers.reach(commandsOfRound);
        await pause(randomInt(100));
        const next = kill(installation, serving);
        address = next.then((it) => it.url());
        await address;
        serving = await next;
      }
      await writers.reach(commandsOfRound);
      await writers.stop();
      client = new Client({ connectionString: await installation.database() });
      // The last test ends the server under it.
      client.on('error', () => undefined);
      await client.connect();
      log = await wholeLog(client);
    }, 200_000);

    afterAll(async () => {
      await client?.end().catch(() => undefined);
      await installation?.dispose();
    });

    test('every acknowledged command is on record, once and whole, where it was acknowledged', () => {
      const { acknowledged, repeated } = writers;
      const [missing, more] = [lost(log, acknowledged), beyond(log.slice(before), acknowledged)];
      const why = [...repeated].map(([reason, times]) => `${reason} ${times}`).join(', ');
      console.log(
        `${what}: ${rounds} rounds, ${acknowledged.length} commands acknowledged, ` +
          `${log.length} events, lost ${missing.length}, doubled or half-written ${more.length}; ` +
          `sent again: ${why}`,
      );
      expect(acknowledged.length).toBeGreaterThanOrEqual(rounds * commandsOfRound);
      expect([...repeated.values()].reduce((sum, it) => sum + it, 0)).toBeGreaterThanOrEqual(
        rounds,
      );
      expect(missing).toEqual([]);
      expect(more).toEqual([]);
    });

    test('the numbers of the register and of each stream run without a gap', () => {
      expect(gaps(log)).toEqual([]);
    });

    test('every sealed value is in the vault, and nothing else is', async () => {
      const { sealed, missing, unclaimed } = await vaultFaults(client, log);
      expect(sealed).toBeGreaterThan(rounds);
      expect(missing).toEqual([]);
      expect(unclaimed).toEqual([]);
    });

    test('each acknowledged command, sent once more, gives its first answer', async () => {
      const left = [...writers.acknowledged];
      const repeat = async () => {
        for (let first = left.pop(); first !== undefined; first = left.pop()) {
          const again = await surely(() => address, first, nothing);
          expect(again.status).toBe(200);
          expect(again.answer).toEqual({ ...first.answer, repeated: true });
        }
      };
      await Promise.all(Array.from({ length: writersAtOnce }, repeat));
      expect(await wholeLog(client)).toHaveLength(log.length);
    }, 60_000);

    test('the ledgers reach the end, and hold what the log gives when it is folded anew', async () => {
      const n = log.length - 1;
      const standing = await ledgersAt(client, n);
      const whole = { n, state: 'running', parked: 0 };
      expect(standing).toMatchObject(ledgers.map(({ name }) => ({ ledger: name, ...whole })));
      const streams = new Set(log.map((it) => it.stream));
      const { compared, unlike } = await comparedLedgers(client, standing, streams, n);
      console.log(`${what}: ${compared} rows of the ledgers equal a fold of the log`);
      expect(unlike).toEqual([]);
      expect(compared).toBeGreaterThan(log.length);
    }, 60_000);

    test('what serves in the end stops in order', async () => {
      expect(await serving.end('SIGTERM')).toBe(0);
      expect(await installation.postgres()).toBeUndefined();
    });
  });
}
