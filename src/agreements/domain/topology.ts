import type { Answer } from '../../time/three-valued.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';

export interface Pair {
  readonly provider: string;
  readonly beneficiary: string;
}

/** 拘束関係: directed pairs that are stated, and one word for the rest (domain § 2). */
export interface Topology extends Stated {
  /** Where a statement names fields: the newest of each, and under `others` that of all the rest. */
  readonly inFields?: Readonly<Record<string, Stated>>;
}

/** One statement; of the whole topology the newest, whatever it is about. */
interface Stated {
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
    let newest = unstated;
    let inFields: Readonly<Record<string, Stated>> = { [others]: unstated };
    for (const { event } of sequence) {
      const act = event as Statement;
      newest = statedIn(act);
      const { fields } = act.data;
      inFields =
        fields === undefined
          ? { [others]: newest }
          : { ...inFields, ...Object.fromEntries(fields.map((it) => [it, newest])) };
    }
    return Object.keys(inFields).length === 1 ? newest : { ...newest, inFields };
  },
};

type Statement = Extract<AgreementEvent, { type: 'TopologyStated' }>;

const others = 'others';
const unstated: Stated = { by: [], shape: 'unstated', pairs: [], rest: 'unknown' };

function statedIn({ id, data: { shape, of, pairs, rest } }: Statement): Stated {
  return { by: [id], shape, ...(of === undefined ? {} : { of }), pairs: pairs ?? [], rest };
}

/** What is stated of a field: a statement about other fields says nothing of it. */
export function topologyIn(topology: Topology, field: string): Topology {
  const { inFields } = topology;
  return inFields?.[field] ?? inFields?.[others] ?? topology;
}

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
