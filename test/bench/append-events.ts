import { randomBytes, randomUUID } from 'node:crypto';

import { canonicalText } from '../../src/event-sourcing/canonical-json.js';
import type { NewEvent } from '../../src/event-sourcing/event-store.js';

/** A signature as the register records it, about 600 bytes of canonical text. */
export function benchEvent(stream: string, revision: number): NewEvent {
  const id = randomUUID();
  const recordedAt = new Date().toISOString();
  const type = 'PartySigned';
  const body = canonicalText({
    id,
    type,
    stream,
    revision,
    recordedAt,
    version: 1,
    acted: { edtf: '2017-02-20', text: '平成29年2月20日' },
    actor: { account: randomUUID(), role: 'registrar', body: 'party-yokohama' },
    authority: { kind: 'decision', number: '市政第12号' },
    entry: randomUUID(),
    source: { document: '001', place: '図書館の相互利用' },
    salt: randomBytes(32).toString('base64'),
    data: { party: 'party-kawasaki', organ: '市長', capacity: '代表' },
  });
  return { id, type, recordedAt, body };
}
