import { expect, test } from 'vitest';
import { actEnvelope } from '../../src/entries/domain/act-envelope.js';
import { actsOf, streamKinds } from '../../src/entries/domain/catalogue.js';
import type { Field, Shape } from '../../src/entries/domain/field.js';

interface Marked {
  readonly path: string;
  readonly field: Field<unknown>;
}

function leaves(shape: Shape, path: string): readonly Marked[] {
  return Object.entries(shape).flatMap(([name, field]) => leavesOf(field, `${path}.${name}`));
}

function leavesOf(field: Field<unknown>, path: string): readonly Marked[] {
  if (field.members !== undefined) return leaves(field.members, path);
  if (field.item !== undefined) return leavesOf(field.item, `${path}[]`);
  return [{ path, field }];
}

const all = [
  ...streamKinds.flatMap((kind) =>
    Object.entries(actsOf(kind)).flatMap(([type, { shape }]) => leaves(shape, type)),
  ),
  ...leaves(actEnvelope, 'every act'),
];

test('every field of every event is marked open or sealed', () => {
  const unmarked = all.filter(({ field }) => !['open', 'sealed'].includes(field.mark));
  expect(unmarked.map((it) => it.path)).toEqual([]);
  expect(all.length).toBeGreaterThan(150);
});

test('names of persons, remarks and free reasons are sealed, and nothing else is', () => {
  const sealed = new Set(all.filter(({ field }) => field.mark === 'sealed').map((it) => it.path));
  expect([...sealed].sort()).toEqual([
    'AgreementDrafted.remark',
    'AgreementRegistered.remark',
    'ContactStated.person',
    'PartyRegistered.remark',
    'PartySigned.signatory',
    'ProposalDeclined.reason',
    'ProposalReceived.remark',
    'every act.reason',
  ]);
});
