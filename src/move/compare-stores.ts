import type { EventStore, RecordedEvent } from '../event-sourcing/event-store.js';
import { RegisterDigest } from './register-digest.js';

/** The two stores do not hold the same events. */
export class Different extends Error {
  override readonly name = 'Different';

  constructor(
    /** The first number at which they differ. */
    readonly n: number,
    what: string,
  ) {
    super(`登録番号 ${n} の${what}`);
  }
}

export interface Compared {
  /** How many events both hold alike. */
  readonly events: number;
  /** Of these events, made on each side from what was read there; see `RegisterDigest`. */
  readonly digest: string;
}

/**
 * Reads both stores from the first event on, side by side, and compares each event.
 * @param count how many events are compared; both must hold at least so many
 * @throws Different
 */
export async function compareStores(
  one: Pick<EventStore, 'readAll'>,
  other: Pick<EventStore, 'readAll'>,
  count: number,
  onEvent: (done: number) => void = () => undefined,
): Promise<Compared> {
  const sides = [one, other].map((store) => store.readAll(null)[Symbol.asyncIterator]());
  const digests = [new RegisterDigest(), new RegisterDigest()] as const;
  try {
    for (let n = 0; n < count; n += 1) {
      const [here, there] = await Promise.all(sides.map(next));
      if (here === undefined || there === undefined) throw new Different(n, '事実がありません');
      refuseOther(n, here, there);
      digests[0].add(here);
      digests[1].add(there);
      onEvent(n + 1);
    }
  } finally {
    for (const side of sides) await side.return?.();
  }
  const [digest, again] = digests.map((it) => it.hex());
  if (digest === undefined || digest !== again) {
    throw new Different(count - 1, 'ダイジェストが一致しません');
  }
  return { events: count, digest };
}

async function next(events: AsyncIterator<RecordedEvent>): Promise<RecordedEvent | undefined> {
  const item = await events.next();
  return item.done === true ? undefined : item.value;
}

const compared = ['n', 'id', 'stream', 'revision', 'type', 'recordedAt', 'at', 'body'] as const;

function refuseOther(n: number, here: RecordedEvent, there: RecordedEvent): void {
  const other = compared.find((field) => here[field] !== there[field]);
  if (here.n !== n || other !== undefined) {
    throw new Different(n, `事実が一致しません（${other ?? 'n'}）`);
  }
}
