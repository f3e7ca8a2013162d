/** How the entry that opens a party names it, whose id does not exist before. */
export const ITSELF = 'self';

const sides = ['predecessors', 'successors', 'ceased'] as const;

/** Raw acts in which a succession's `self` is the id of the party whose stream they go to. */
export function namingItself(acts: unknown, id: string): unknown {
  if (!Array.isArray(acts)) return acts;
  return acts.map((act: unknown) => {
    if (!isRecord(act) || act['type'] !== 'PartySucceeded' || !isRecord(act['data'])) return act;
    const data: Record<string, unknown> = { ...act['data'] };
    for (const side of sides) {
      const named = data[side];
      if (Array.isArray(named)) data[side] = named.map((it: unknown) => (it === ITSELF ? id : it));
    }
    return { ...act, data };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
