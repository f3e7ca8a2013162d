import { ANY, binaryEvent, NO_STREAM, STREAM_EXISTS } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  anEvent,
  append,
  recorded,
  someEvents,
  type ComparedServer,
  type OpenServer,
} from './compared-server.js';

/** What an append is answered with, on either of the client's two paths. */
export function appendsAlike(open: OpenServer): void {
  describe.each(['unary', 'batch'] as const)('an append by the %s path', (path) => {
    let server: ComparedServer;
    const to = (
      stream: string,
      events: Parameters<typeof append>[2],
      expected: Parameters<typeof append>[3],
    ) => append(server, `${path}-${stream}`, events, expected, path);
    const wrong = (actualVersion: bigint | 'no_stream') => ({
      type: 'wrong-expected-version',
      actualVersion,
    });

    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server.close());

    test('answers with the revision and the position of its last event', async () => {
      const answer = await to('new', someEvents(3), NO_STREAM);
      const [first, second, third] = await recorded(server, `${path}-new`);

      expect(answer).toMatchObject({ success: true, nextExpectedRevision: 2n });
      expect(answer.position).toEqual(third?.position);
      expect(third?.position.commit).toBe(third?.position.prepare);
      expect(second?.position.commit).toBeGreaterThan(first?.position.commit ?? 0n);
      expect(third?.position.commit).toBeGreaterThan(second?.position.commit ?? 0n);
    });

    test('repeated with its ids gets its first answer, whatever the data', async () => {
      const events = someEvents(3);
      const first = await to('repeated', events, NO_STREAM);
      await to('repeated', someEvents(2), 2n);

      expect(await to('repeated', events, NO_STREAM)).toEqual(first);
      const others = events.map(({ id }) => anEvent(id, { other: 'data' }));
      expect(await to('repeated', others, NO_STREAM)).toEqual(first);
      expect(await to('repeated', events.slice(1), 0n)).toEqual(first);
      expect(await to('repeated', events, ANY)).toEqual(first);
      expect(await to('repeated', events, STREAM_EXISTS)).toEqual(first);
    });

    test('that repeats the first events of another gets the answer for those', async () => {
      const events = someEvents(3);
      await to('partly', events, NO_STREAM);
      const [, second] = await recorded(server, `${path}-partly`);

      expect(await to('partly', events.slice(0, 2), NO_STREAM)).toMatchObject({
        nextExpectedRevision: 1n,
        position: second?.position,
      });
    });

    test('that repeats other events in part is refused', async () => {
      const [one, two, three] = [anEvent(), anEvent(), anEvent()];
      await to('mixed', [one, two], NO_STREAM);

      await expect(to('mixed', [one, two, three], NO_STREAM)).rejects.toMatchObject(wrong(1n));
      await expect(to('mixed', [two, one], NO_STREAM)).rejects.toMatchObject(wrong(1n));
      await expect(to('mixed', [one, three], ANY)).rejects.toMatchObject(wrong(1n));
    });

    test('under a raised revision doubles its events', async () => {
      const event = anEvent();
      await to('raised', [event], NO_STREAM);

      expect(await to('raised', [event], 0n)).toMatchObject({ nextExpectedRevision: 1n });
    });

    test('of ids that another stream has is no repeat, again and again', async () => {
      const events = someEvents(2);
      const first = await to('one', events, ANY);

      expect(await to('other', events, ANY)).toMatchObject({ nextExpectedRevision: 1n });
      expect(await to('other', events, ANY)).toMatchObject({ nextExpectedRevision: 3n });
      expect(await to('one', events, ANY)).toEqual(first);
    });

    test('under a wrong revision is told the current one', async () => {
      await to('wrong', someEvents(3), NO_STREAM);

      await expect(to('wrong', [anEvent()], NO_STREAM)).rejects.toMatchObject(wrong(2n));
      await expect(to('wrong', [anEvent()], 1n)).rejects.toMatchObject(wrong(2n));
      await expect(to('wrong', [anEvent()], 3n)).rejects.toMatchObject(wrong(2n));
      await expect(to('none', [anEvent()], 0n)).rejects.toMatchObject(wrong('no_stream'));
      const exists = to('none', [anEvent()], STREAM_EXISTS);
      await expect(exists).rejects.toMatchObject(wrong('no_stream'));
    });

    test('of no events succeeds and leaves nothing to read', async () => {
      expect(await to('empty', [], NO_STREAM)).toMatchObject({ success: true });
      await expect(recorded(server, `${path}-empty`)).rejects.toMatchObject({
        type: 'stream-not-found',
      });
    });

    test('takes 1 MiB of data, metadata and twice the type, and no byte more', async () => {
      const bytes = (data: number) => [binaryEvent({ type: 'TT', data: Buffer.alloc(data) })];

      expect(await to('large', bytes(1_048_572), ANY)).toMatchObject({ success: true });
      await expect(to('large', bytes(1_048_573), ANY)).rejects.toMatchObject({
        type: 'maximum-append-size-exceeded',
        maxAppendSize: 1_048_576,
      });
    });

    test('without a type, an id or a stream is refused as unknown', async () => {
      const unknown = { type: 'unknown' };
      const nil = anEvent('00000000-0000-0000-0000-000000000000');
      const nameless = { ...anEvent(), type: '' };

      await expect(to('bad', [nil], ANY)).rejects.toMatchObject(unknown);
      await expect(to('bad', [nameless], ANY)).rejects.toMatchObject(unknown);
      const nowhere = append({ ...server, prefix: '' }, '', [anEvent()], ANY, path);
      // A server that checks rights finds none for a stream without a name.
      await expect(nowhere).rejects.toMatchObject({
        type: expect.stringMatching(/^(unknown|access-denied)$/),
      });
    });
  });
}
