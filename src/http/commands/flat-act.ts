import { actEnvelope, mostActs } from '../../entries/domain/act-envelope.js';
import { type Fault, refuse, Refusal } from '../../entries/domain/refusal.js';
import { readRequest } from '../read-request.js';
import { sharedInBody } from './command-bodies.js';

/** One act as a curl user writes it: its data and its dates side by side in one object. */
export interface FlatAct {
  readonly acts: readonly unknown[];
  readonly paper: string | undefined;
}

/**
 * Tells an act's data from what its envelope says; a name that both have is the data's. An opening
 * may bring `further` acts of the same paper.
 * @throws Refusal request/malformed for a body that is no object
 */
export function unflattened(type: string, data: readonly string[], raw: unknown): FlatAct {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) refuseBody(raw);
  const { paper, further, ...given } = raw as Readonly<Record<string, unknown>>;
  const own: [string, unknown][] = [];
  const said: [string, unknown][] = [];
  for (const [name, value] of Object.entries(given)) {
    const ofEnvelope = Object.hasOwn(actEnvelope, name) && !data.includes(name);
    (ofEnvelope ? said : own).push([name, value]);
  }
  const first = { type, ...Object.fromEntries(said), data: Object.fromEntries(own) };
  const { paper: read } = readRequest(sharedInBody, paper === undefined ? {} : { paper });
  return { acts: [first, ...furtherActs(further)], paper: read };
}

/** Runs a command on such acts; its faults name the fields as they were sent. */
export async function asSent<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { kind, code, message, faults } = error;
    throw new Refusal(kind, code, message, faults.map(renamed));
  }
}

function renamed(fault: Fault): Fault {
  const field = fault.field
    .replace(/^acts\[0\]\.(?:data\.)?/, '')
    .replace(/^acts\[([1-9]\d*)\]/, (_, i: string) => `further[${Number(i) - 1}]`);
  return { ...fault, field };
}

function furtherActs(further: unknown): readonly unknown[] {
  if (further === undefined || further === null) return [];
  if (Array.isArray(further) && further.length < mostActs) return further as unknown[];
  return refuse('malformed', 'request/malformed', '入力に誤りがあります。', {
    field: 'further',
    code: 'entry/acts',
    read: JSON.stringify(further).slice(0, 80),
    expected: `${mostActs - 1}件以下の行為`,
  });
}

function refuseBody(raw: unknown): never {
  return refuse('malformed', 'request/malformed', '入力に誤りがあります。', {
    field: '',
    code: 'field/record',
    read: (JSON.stringify(raw) ?? '').slice(0, 80),
    expected: '行為の項目を持つオブジェクト',
  });
}
