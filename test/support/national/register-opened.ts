import type { StreamNames } from '../../../src/entries/stream-names.js';
import { registerStream } from '../../../src/register/register-stream.js';
import type { Place } from './country.js';
import { Random } from './random.js';
import type { Written } from './stream-writer.js';

/** n = 0: 運営団体 of a register that was opened long ago, with grants to accounts of that time. */
export function registerOpened(operator: Place, names: StreamNames, at: string): Written {
  const random = new Random(0, 6, 0);
  const [account, approver] = [random.uuid(), random.uuid()];
  const command = { digest: random.hex(64), id: random.uuid() };
  const stream = registerStream(names);
  const event = {
    actor: { account, body: operator.id, role: 'administrator' },
    command,
    correlation: command.id,
    data: {
      grants: [{ account, body: operator.id, role: 'administrator' }],
      ground: '測定のための登録簿',
      loaders: { approver, registrar: account },
      name: 'main',
      operator: operator.id,
      operatorName: operator.name,
    },
    id: random.uuid(),
    recordedAt: at,
    revision: 0,
    salt: Buffer.from(random.hex(32), 'hex').toString('base64url'),
    stream,
    type: 'RegisterOpened',
    v: 1,
  };
  const { id, type } = event;
  return { id, type, body: JSON.stringify(event), recordedAt: at, stream, revision: 0 };
}
