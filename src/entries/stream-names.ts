import type { StreamKind } from './domain/act-type.js';

/** A stream of the register: its kind and the id of what it is about. */
export interface StreamRef {
  readonly kind: StreamKind;
  readonly id: string;
}

/** Streams begin with the register's prefix, since a cluster may be shared. */
export class StreamNames {
  readonly prefix: string;

  constructor(register: string) {
    this.prefix = `musubi-${register}-`;
  }

  nameOf({ kind, id }: StreamRef): string {
    return `${this.prefix}${kind}-${id}`;
  }

  /**
   * What a stream is about; undefined for another register's stream, also where that register's name
   * begins with this one's and goes on like a kind of stream.
   */
  refOf(stream: string): StreamRef | undefined {
    if (!stream.startsWith(this.prefix)) return undefined;
    const found = ofKind.exec(stream.slice(this.prefix.length));
    const [, kind, id = ''] = found ?? [];
    return kind === undefined || ofKind.test(id) ? undefined : { kind: kind as StreamKind, id };
  }
}

const ofKind = /^(agreement|party|facility|proposal|register)-(.+)$/;
