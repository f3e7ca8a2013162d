import { expect, test, vi } from 'vitest';

import { consoleAnnouncer } from '../src/console-announcer.js';

test('who opened the register is told by the name that was configured, not always as 横浜市', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const signIn = { role: 'auditor', login: 'auditor', id: 'a', oneTimePassword: 'once' } as const;
  consoleAnnouncer.firstSignIns([signIn], '川崎市');
  const said = log.mock.calls.join('\n');
  log.mockRestore();
  expect(said).toContain('川崎市を運営団体として');
  expect(said).not.toContain('横浜市');
  expect(said).toContain('auditor  once  監査担当者');
});
