import protocol from '@eventstore/db-client/generated/gossip_pb.js';
import sharedProtocol from '@eventstore/db-client/generated/shared_pb.js';

import type { EventLog } from './event-log.js';

export interface Member {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly running: boolean;
}

const [leaderState, followerState] = [8, 6];

/** Nodes that pretend to replicate: they share one log, and one of them leads. */
export class Cluster {
  readonly members = new Set<Member>();
  /** The last that led, whether or not it still runs. */
  leader: Member | undefined;

  constructor(readonly log: EventLog) {}

  /** What gossip tells of it. */
  info(): protocol.ClusterInfo {
    const members = [...this.members].map((member) =>
      new protocol.MemberInfo()
        .setInstanceId(new sharedProtocol.UUID().setString(member.id))
        .setTimeStamp(`${Date.now()}0000`)
        .setState(member === this.leader ? leaderState : followerState)
        .setIsAlive(member.running)
        .setHttpEndPoint(new protocol.EndPoint().setAddress(member.host).setPort(member.port)),
    );
    return new protocol.ClusterInfo().setMembersList(members);
  }
}
