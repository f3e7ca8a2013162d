import { describe, expect, test } from 'vitest';

import { EventLog } from './event-log.js';
import type { ProposedEvent } from './logged-event.js';

const event = (id: string): ProposedEvent => ({
  id,
  type: 'ReviewHeld',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
});
const events = (...ids: string[]) => ids.map(event);

describe('an append with any revision', () => {
  test('is a repeat only while its ids are remembered', () => {
    const log = new EventLog(3);
    log.append('s', 'any', events('a', 'b'));
    expect(log.append('s', 'any', events('a', 'b'))).toMatchObject({ decided: 'already' });

    log.append('s', 'any', events('c', 'd'));
    expect(log.append('s', 'any', events('a'))).toMatchObject({
      decided: 'written',
      last: { revision: 4 },
    });
  });

  test('is no repeat after a restart, and under its explicit revision still is', () => {
    const log = new EventLog();
    log.append('s', 'no_stream', events('a'));
    log.forgetIds();

    expect(log.append('s', 'no_stream', events('a'))).toMatchObject({ decided: 'already' });
    expect(log.append('s', 'any', events('a'))).toMatchObject({ decided: 'written' });
  });

  test('that names its events in another order is never answered', () => {
    const log = new EventLog();
    log.append('s', 'any', events('a', 'b'));

    expect(log.append('s', 'any', events('b', 'a'))).toEqual({ decided: 'never-answered' });
  });
});

describe('a log cut back', () => {
  test('forgets the later events and gives their positions out again', () => {
    const log = new EventLog();
    log.append('s', 'any', events('a', 'b'));
    log.append('t', 'any', events('c'));
    const before = log.events.map(({ position }) => position);
    log.truncate(1);

    expect(log.stream('s').map(({ id }) => id)).toEqual(['a']);
    expect(log.stream('t')).toEqual([]);
    log.append('u', 'no_stream', events('d'));
    expect(log.events.map(({ position }) => position)).toEqual(before.slice(0, 2));
  });

  test('takes the appends that it has forgotten', () => {
    const log = new EventLog();
    log.append('s', 'no_stream', events('a'));
    log.truncate(0);

    expect(log.append('s', 'no_stream', events('a'))).toMatchObject({ decided: 'written' });
  });
});
