import { idOf, StreamBuilder } from '../../support/event-builder.js';
import { disclosed, party } from './sources.js';

export const field = '防災' as const;

/** An agreement between bodies, disclosed, in the field that most questions are about. */
export function agreed(
  name: string,
  parties: readonly string[],
  acted: string,
  topology: 'mesh' | 'unknown' = 'mesh',
): StreamBuilder {
  const stream = new StreamBuilder('agreement', name);
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: name,
      kind: 'agreement',
      fields: [field],
      parties: parties.map((it) => ({ party: idOf(it) })),
    },
    { acted },
  );
  if (topology === 'mesh') {
    stream.act('TopologyStated', { shape: 'mesh', rest: 'notBound' }, { acted });
  }
  return disclosed(stream);
}

/** A council whose members joined on the given days. */
export function council(name: string, members: Readonly<Record<string, string>>): StreamBuilder {
  const stream = party(name, 'council');
  for (const [member, effective] of Object.entries(members)) {
    stream.act('MemberJoined', { member: idOf(member) }, { effective });
  }
  return stream;
}
