import type { StreamKind } from './domain/act-type.js';

/** A stream of the register: its kind and the id of what it is about. */
export interface StreamRef {
  readonly kind: StreamKind;
  readonly id: string;
}

/** Streams begin with the register's prefix, since a cluster may be shared. */
export class StreamNames {
  readonly prefix: string;

  constructor(readonly register: string) {
    this.prefix = `musubi-${register}-`;
  }

  nameOf({ kind, id }: StreamRef): string {
    return `${this.prefix}${kind}-${id}`;
  }

  /**
   * Whether a stream is this register's. Whatever kinds a program knows, the register's events are the
   * same and have the same numbers; another register's name may begin with this one's.
   */
  owns(stream: string): boolean {
    if (!stream.startsWith(this.prefix)) return false;
    const [, id = ''] = kindAndId.exec(stream.slice(this.prefix.length)) ?? [];
    return id !== '' && !anotherRegisters.test(id);
  }

  /** What a stream is about; undefined for another register's stream, and for a kind that is unknown. */
  refOf(stream: string): StreamRef | undefined {
    if (!this.owns(stream)) return undefined;
    const [, kind, id] = known.exec(stream.slice(this.prefix.length)) ?? [];
    return kind === undefined || id === undefined ? undefined : { kind: kind as StreamKind, id };
  }
}

const kindAndId = /^[a-z]+-(.+)$/;
const known = /^(agreement|party|facility|proposal|register)-(.+)$/;
/** Where this register's name goes on in another's, what looks like an id begins with its kind. */
const anotherRegisters =
  /^(?:[a-z0-9]+-)*[a-z]+-(?:own|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
