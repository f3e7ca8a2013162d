import type { Metadata, StatusObject } from '@grpc/grpc-js';

import type { EventLog } from './event-log.js';
import type { CallKind, Faults } from './faults.js';

/** A call that a client has open at this moment. */
export interface OpenCall {
  readonly kind: CallKind | 'batch';
  /** The stream's name, `$all`, or nothing. */
  readonly about: string;
  /** How many events were handed to the client's connection. */
  readonly events: number;
  /** Whether the client does not take what was sent. */
  readonly blocked: boolean;
}

/** What the calls of one double work on. */
export interface Serving {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly openCalls: Set<OpenCall>;
  /** Cuts the connection of this peer (`address:port`). */
  cut(peer: string): void;
  /** Why this node does not do what only a leader does. */
  leadership(needed: boolean): StatusObject | undefined;
  /** Why an append does not reach the leader. */
  forwarding(): Promise<StatusObject | undefined>;
}

export function requiresLeader(metadata: Metadata): boolean {
  return metadata.get('requires-leader')[0]?.toString().toLowerCase() === 'true';
}
