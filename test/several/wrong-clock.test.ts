import { afterAll, beforeAll, expect, test } from 'vitest';

import { Processes } from './processes.js';
import { ask, post } from './request.js';

/** A module that Node loads before the program: the machine's clock as the program sees it. */
function clockOff(milliseconds: number): string {
  const module = `const now = Date.now.bind(Date);
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) { given.length === 0 ? super(now() + ${milliseconds}) : super(...given); }
      static now() { return now() + ${milliseconds}; }
    };`;
  return `--import data:text/javascript;base64,${Buffer.from(module).toString('base64')}`;
}

let processes: Processes;
let right: string;

beforeAll(async () => {
  processes = await Processes.on('several_wrong_clock');
  right = (await processes.start()).url;
}, 120_000);
afterAll(() => processes?.dispose());

const kamakura = {
  opens: 'party',
  acts: [{ type: 'PartyRegistered', data: { kind: 'municipality', name: '鎌倉市' } }],
};

test.each([30_000, -30_000])(
  'a process whose clock is %i ms off answers, refuses to write, and hinders no other',
  async (off) => {
    const token = await processes.token('registrar');
    const { program, url } = await processes.start({ NODE_OPTIONS: clockOff(off) });
    const refused = await post<{ detail: string }>(`${url}/api/entries`, kamakura, { token });
    expect([refused.status, refused.code]).toEqual([503, 'store/clock-skew']);
    expect(refused.body.detail).toContain(off > 0 ? '進んでいる' : '遅れている');
    expect((await post(`${right}/api/entries`, kamakura, { token })).status).toBe(201);

    const health = await ask('GET', `${url}/health/ready`);
    expect(health.status).toBe(200);
    expect(health.body).toMatchObject({ status: 'degraded', clock: { state: 'skewed' } });
    expect((await ask('GET', `${right}/health/ready`)).body).toMatchObject({ status: 'ready' });
    expect((await ask('GET', `${url}/api/parties`)).status).toBe(200);
    expect(await program.end('SIGTERM')).toBe(0);
  },
  60_000,
);

test('a process whose clock is off does not open a register, and says why', async () => {
  const empty = await Processes.on('several_wrong_clock_empty');
  const program = empty.begin({ NODE_OPTIONS: clockOff(30_000) });
  expect(await program.ended).toBe(75);
  expect(program.output).toContain('store/clock-skew');
  expect(program.output).toMatch(/時計が保存先の時計より(29|30|31)秒進んで/);
  await empty.dispose();
}, 60_000);
