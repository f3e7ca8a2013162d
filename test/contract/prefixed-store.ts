import type {
  Delivery,
  EventStore,
  RecordedEvent,
  SealedValue,
} from '../../src/event-sourcing/event-store.js';

/**
 * Puts a prefix before the names of streams on their way in, and takes it off on their way out: on a
 * server that is kept, each test's register has a prefix of its own, as registers of one cluster do.
 */
export function prefixed(store: EventStore, prefix: string): EventStore {
  const short = (event: RecordedEvent): RecordedEvent => ({
    ...event,
    stream: event.stream.slice(prefix.length),
  });
  return {
    append: (stream, ...rest) => store.append(stream === '' ? '' : `${prefix}${stream}`, ...rest),
    readStream: (stream, from) => mapped(store.readStream(`${prefix}${stream}`, from), short),
    readStreams: (streams) =>
      mapped(store.readStreams(streams.map((it) => `${prefix}${it}`)), short),
    readAll: (after) => mapped(store.readAll(after), short),
    subscribeAll: (after, signal) =>
      mapped(store.subscribeAll(after, signal), (it): Delivery => {
        return it.kind === 'event' ? { ...it, event: short(it.event) } : it;
      }),
    head: () => store.head(),
    numberAt: (instant) => store.numberAt(instant),
    readOnly: () => store.readOnly(),
    setReadOnly: (reason) => store.setReadOnly(reason),
    import: (events, sealed?: readonly SealedValue[]) => {
      const long = (it: RecordedEvent) => ({ ...it, stream: `${prefix}${it.stream}` });
      return store.import(mapped(events, long), sealed);
    },
    close: () => store.close(),
  };
}

function mapped<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncIterableIterator<T> {
  const iterator = items[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      const item = await iterator.next();
      return item.done === true ? item : { done: false, value: change(item.value) };
    },
    return: async () => {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}
