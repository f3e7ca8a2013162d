import { BACKWARDS, END, NO_STREAM, START } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  anEvent,
  append,
  named,
  recorded,
  someEvents,
  type ComparedServer,
  type OpenServer,
} from './compared-server.js';

/** What reads answer, of a stream and of `$all`. */
export function readsAlike(open: OpenServer): void {
  describe('a read', () => {
    let server: ComparedServer;
    let positions: { commit: bigint; prepare: bigint }[];
    type StreamRead = Parameters<ComparedServer['client']['readStream']>[1];
    type AllRead = Parameters<ComparedServer['client']['readAll']>[0];
    const of = (stream: string, options: StreamRead = {}) =>
      named(server, server.client.readStream(server.prefix + stream, options));
    const ofAll = (options: AllRead) => named(server, server.client.readAll(options));
    const at = (revision: number, plus = 0n) => {
      const { commit, prepare } = positions[revision] ?? { commit: -1n, prepare: -1n };
      return { commit: commit + plus, prepare: prepare + plus };
    };

    beforeAll(async () => {
      server = await open();
      await append(server, 's', someEvents(5), NO_STREAM);
      await append(server, 't', someEvents(40), NO_STREAM);
      positions = (await recorded(server, 's')).map(({ position }) => position);
    });
    afterAll(() => server.close());

    test('gives an event back as it was written', async () => {
      const event = anEvent();
      const before = Date.now();
      await append(server, 'written', [event], NO_STREAM);
      const [found] = await recorded(server, 'written');

      expect(found).toMatchObject({
        streamId: `${server.prefix}written`,
        id: event.id,
        revision: 0n,
        type: 'ReviewHeld',
        isJson: true,
        data: { 件: 1 },
        metadata: { by: 'somebody' },
      });
      expect(Math.abs((found?.created.getTime() ?? 0) - before)).toBeLessThan(60_000);
    });

    test('of a stream goes forwards from a revision on', async () => {
      expect(await of('s')).toEqual(['s@0', 's@1', 's@2', 's@3', 's@4']);
      expect(await of('s', { fromRevision: 3n })).toEqual(['s@3', 's@4']);
      expect(await of('s', { maxCount: 2 })).toEqual(['s@0', 's@1']);
      expect(await of('s', { fromRevision: 5n })).toEqual([]);
      expect(await of('s', { fromRevision: 50n })).toEqual([]);
    });

    test('of a stream goes backwards from a revision, or from the last', async () => {
      const backwards = { direction: BACKWARDS } as const;

      expect(await of('s', { ...backwards, fromRevision: END, maxCount: 2 })).toEqual([
        's@4',
        's@3',
      ]);
      expect(await of('s', { ...backwards, fromRevision: 1n })).toEqual(['s@1', 's@0']);
      expect(await of('s', { ...backwards, fromRevision: 50n, maxCount: 1 })).toEqual(['s@4']);
      expect(await of('s', { ...backwards, fromRevision: START })).toEqual(['s@0']);
    });

    test('of a missing stream says so', async () => {
      const missing = { type: 'stream-not-found', streamName: `${server.prefix}none` };

      await expect(of('none')).rejects.toMatchObject(missing);
      const last = of('none', { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
      await expect(last).rejects.toMatchObject(missing);
    });

    test('of a stream forwards from its end, or of no events, is an error', async () => {
      await expect(of('s', { fromRevision: END })).rejects.toMatchObject({ code: 2 });
      await expect(of('s', { maxCount: 0 })).rejects.toMatchObject({ code: 2 });
    });

    test('of all has the event at its position forwards, and not backwards', async () => {
      const [from, maxCount] = [at(3), 3];

      expect(await ofAll({ fromPosition: from, maxCount })).toEqual(['s@3', 's@4', 't@0']);
      expect(await ofAll({ fromPosition: from, maxCount, direction: BACKWARDS })).toEqual([
        's@2',
        's@1',
        's@0',
      ]);
    });

    test('of all goes past the pages of the server in the order of commits', async () => {
      const expected = Array.from({ length: 40 }, (_, revision) => `t@${revision}`);

      expect(await ofAll({ fromPosition: at(4), maxCount: 41 })).toEqual(['s@4', ...expected]);
    });

    test('of all from the end has nothing forwards and the last event backwards', async () => {
      await append(server, 'last', [anEvent()], NO_STREAM);

      expect(await ofAll({ fromPosition: END, maxCount: 3 })).toEqual([]);
      expect(await ofAll({ fromPosition: START, maxCount: 3, direction: BACKWARDS })).toEqual([]);
      const some = await ofAll({ fromPosition: END, maxCount: 20, direction: BACKWARDS });
      expect(some).toContain('last@0');
    });

    test('of all refuses a position between records', async () => {
      const between = { fromPosition: at(3, 1n), maxCount: 3 };

      await expect(ofAll(between)).rejects.toMatchObject({ code: 2 });
      await expect(ofAll({ ...between, direction: BACKWARDS })).rejects.toMatchObject({ code: 2 });
    });

    test('of all beyond the head has nothing forwards and fails backwards', async () => {
      const beyond = { fromPosition: at(3, 100_000_000_000n), maxCount: 3 };

      expect(await ofAll(beyond)).toEqual([]);
      await expect(ofAll({ ...beyond, direction: BACKWARDS })).rejects.toMatchObject({ code: 2 });
    });
  });
}
