import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { ConfigRefused } from '../src/config.js';
import { DatabaseFault } from '../src/postgres/database-fault.js';
import { tellStartFault } from '../src/start-fault.js';

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line: string) => said.push(line));
});
afterEach(() => vi.restoreAllMocks());

const systemError = (code: string, syscall: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

test.each([
  ['EADDRINUSE', 'listen', 'listen/port-taken', 69],
  ['EACCES', 'listen', 'listen/not-permitted', 69],
  ['EADDRNOTAVAIL', 'listen', 'listen/no-such-address', 69],
  ['ENOTFOUND', 'getaddrinfo', 'listen/no-such-host', 69],
  ['EACCES', 'mkdir', 'start/fault', 70],
])('%s of %s is told as %s', (code, syscall, told, exitCode) => {
  expect(tellStartFault(systemError(code, syscall))).toBe(exitCode);
  expect(said.join('\n')).toContain(`結を起動できません（${told}）。`);
});

test('a fault of our own keeps its sentence, code and exit code', () => {
  const fault = new DatabaseFault('database/encoding', '文字コードが違います。');
  expect(tellStartFault(fault)).toBe(fault.exitCode);
  expect(said).toEqual(['結を起動できません（database/encoding）。\n文字コードが違います。']);
});

test('a refused configuration lists what is wrong with it', () => {
  const fault = { code: 'config/port', variable: 'PORT', text: '整数で指定してください。' };
  expect(tellStartFault(new ConfigRefused([fault]))).toBe(78);
  expect(said.join('\n')).toContain('PORT: 整数で指定してください。（config/port）');
});

test('what nobody foresaw is told with its place in the program', () => {
  expect(tellStartFault(new TypeError('x is not a function'))).toBe(70);
  expect(said.join('\n')).toMatch(/start\/fault[^]*x is not a function\n +at /);
  expect(tellStartFault('odd')).toBe(70);
});
