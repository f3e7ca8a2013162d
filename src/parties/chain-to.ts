/**
 * The shortest chain from one party to another along `next`, both ends included. Each party is asked
 * once, so circles end; nothing further is asked after `most` parties.
 * @returns undefined where there is none within that bound
 */
export async function chainTo(
  start: string,
  goal: string,
  next: (party: string) => Promise<readonly string[]>,
  most: number,
): Promise<readonly string[] | undefined> {
  const cameFrom = new Map<string, string | undefined>([[start, undefined]]);
  let asked = 0;
  // A map goes on over what is added to it meanwhile.
  for (const party of cameFrom.keys()) {
    if (party === goal) return backFrom(goal, cameFrom);
    if (asked === most) return undefined;
    asked += 1;
    for (const it of await next(party)) if (!cameFrom.has(it)) cameFrom.set(it, party);
    if (cameFrom.has(goal)) return backFrom(goal, cameFrom);
  }
  return undefined;
}

function backFrom(
  goal: string,
  cameFrom: ReadonlyMap<string, string | undefined>,
): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = goal; at !== undefined; at = cameFrom.get(at)) chain.push(at);
  return chain.reverse();
}
