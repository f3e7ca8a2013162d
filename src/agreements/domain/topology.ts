import type { Answer } from '../../time/three-valued.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';

export interface Pair {
  readonly provider: string;
  readonly beneficiary: string;
}

/** 拘束関係: directed pairs that are stated, and one word for the rest (domain § 2). */
export interface Topology {
  readonly by: readonly string[];
  readonly shape: 'mesh' | 'hub' | 'oneWay' | 'pairs' | 'unstated';
  readonly of?: string;
  readonly pairs: readonly Pair[];
  readonly rest: 'bound' | 'notBound' | 'unknown';
}

/** The topology of the day. Nothing stated is unknown: a party list is no list of obligations. */
export const topologyPart: Part<Topology> = {
  key: 'topology',
  slots: ['topology'],
  read(sequence) {
    const stated = sequence.at(-1)?.event as AgreementEvent | undefined;
    if (stated?.type !== 'TopologyStated') {
      return { by: [], shape: 'unstated', pairs: [], rest: 'unknown' };
    }
    const { shape, of, pairs, rest } = stated.data;
    return {
      by: [stated.id],
      shape,
      ...(of === undefined ? {} : { of }),
      pairs: pairs ?? [],
      rest,
    };
  },
};

/** Whether the topology makes `provider` owe `beneficiary`, both being parties. */
export function owes(topology: Topology, { provider, beneficiary }: Pair): Answer {
  const stated = topology.pairs.some(
    (it) => it.provider === provider && it.beneficiary === beneficiary,
  );
  if (stated || shapeBinds(topology, provider, beneficiary)) return 'yes';
  if (topology.rest === 'unknown') return 'undetermined';
  return topology.rest === 'bound' ? 'yes' : 'no';
}

function shapeBinds({ shape, of }: Topology, provider: string, beneficiary: string): boolean {
  if (provider === beneficiary) return false;
  if (shape === 'mesh') return true;
  if (shape === 'hub') return provider === of || beneficiary === of;
  return shape === 'oneWay' && provider === of;
}
