import type { ListedBody, ListedSuccession, LaterCode } from './national-list.js';

/** Raw acts, as a person would type them; parties by the ids that `idOf` gives for codes. */
export type IdOf = (code: string) => string;

export function registration(body: ListedBody, idOf: IdOf): unknown {
  const { from, source, laterCodes: _, partOf, ...data } = body;
  return {
    type: 'PartyRegistered',
    ...(from === undefined ? {} : { effective: from }),
    source,
    data: { ...data, ...(partOf === undefined ? {} : { partOf: idOf(partOf) }) },
  };
}

export function assignment({ code, from, source }: LaterCode): unknown {
  return { type: 'CodeAssigned', effective: from, source, data: { code } };
}

/** Where the office of a body is that somebody registered without saying so; undefined where the list does not say. */
export function location({ latitude, longitude, source }: ListedBody): unknown {
  if (latitude === undefined || longitude === undefined) return undefined;
  return { type: 'OfficeLocated', source, data: { latitude, longitude } };
}

export function succession(listed: ListedSuccession, idOf: IdOf): unknown {
  const { effective, manner, source } = listed;
  const predecessors = listed.predecessors.map(idOf);
  const successors = listed.successors.map(idOf);
  return {
    type: 'PartySucceeded',
    effective,
    source,
    data: { manner, predecessors, successors, ceased: predecessors },
  };
}
