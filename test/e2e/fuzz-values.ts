import { actEnvelope } from '../../src/entries/domain/act-envelope.js';
import { actsOf, actType } from '../../src/entries/domain/catalogue.js';
import type { Field, Shape } from '../../src/entries/domain/field.js';
import { entryKinds } from '../../src/http/request-fields.js';

/** Chance from a seed, so that a finding can be had again. */
export class Dice {
  constructor(private state: number) {}

  /** From 0 up to and without 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(most: number): number {
    return Math.floor(this.next() * most);
  }

  chance(part: number): boolean {
    return this.next() < part;
  }

  one<T>(of: readonly T[]): T {
    const found = of[this.below(of.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }
}

/** Ids and names that mean something to the register at hand. */
export interface Ground {
  readonly parties: readonly string[];
  readonly agreements: readonly string[];
  readonly events: readonly string[];
}

const dates = [
  '平成29年2月7日',
  'H29.2.7',
  '2017-02',
  '平成29年度',
  '不明',
  '2017-03-01',
  '令和元年',
];
const strangeDates = [
  '2017-02-30',
  '平成99年13月40日',
  '９９９９-99',
  '明治',
  '0000-00-00',
  '令和',
];
const fieldNames = [
  ...new Set([
    'acted',
    'effective',
    'order',
    'counts',
    'keeper',
    ...entryKinds.flatMap((kind) =>
      Object.values(actsOf(kind)).flatMap(({ shape }) => Object.keys(shape)),
    ),
  ]),
];

function nested(levels: number): unknown {
  return levels === 0 ? 1 : levels % 2 === 0 ? [nested(levels - 1)] : { a: nested(levels - 1) };
}

/** What programs stumble over. */
const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  -(2 ** 60),
  '',
  ' ',
  '\u0000',
  '\ud83d',
  'a\udc00b',
  '𠮷野家\u202e',
  '=HYPERLINK("x")',
  "'; drop table part_row; --",
  'あ'.repeat(20_000),
  [],
  [[]],
  {},
  { edtf: '2017-02-07' },
  { edtf: '2017-99/..', text: 7 },
  { tag: 'none' },
  { printed: '平成29年2月30日' },
  { sealed: 'f'.repeat(64) },
  { constructor: { prototype: 1 } },
  JSON.parse('{"toString":1,"valueOf":2,"then":3}') as unknown,
  { length: 5, 0: 'x' },
  nested(30),
  nested(200),
  ...strangeDates,
];

export function strangeValue(dice: Dice): unknown {
  return dice.chance(0.2) ? randomJson(dice, 3) : dice.one(strange);
}

export function randomJson(dice: Dice, depth: number): unknown {
  const kind = dice.below(depth === 0 ? 4 : 6);
  const many = () => Array.from({ length: dice.below(4) });
  switch (kind) {
    case 0:
      return randomText(dice);
    case 1:
      return (dice.next() - 0.5) * 10 ** dice.below(20);
    case 2:
      return dice.chance(0.5);
    case 3:
      return null;
    case 4:
      return many().map(() => randomJson(dice, depth - 1));
    default:
      return Object.fromEntries(
        many().map(() => [
          dice.chance(0.5) ? dice.one(fieldNames) : randomText(dice),
          randomJson(dice, depth - 1),
        ]),
      );
  }
}

export function randomText(dice: Dice): string {
  const length = dice.below(12);
  return Array.from({ length }, () => String.fromCharCode(dice.below(0x1_0000))).join('');
}

/** A value that a field accepts, or would if everything that it names were there. */
export function valueFor(field: Field<unknown>, name: string, dice: Dice, ground: Ground): unknown {
  switch (field.kind) {
    case 'text':
      return name === 'field' ? dice.one(fieldNames) : dice.one(['横浜市', '文書', 'x', '第1条']);
    case 'date':
      return dice.one(dates);
    case 'party':
      return dice.one(ground.parties);
    case 'agreement':
      return dice.one(ground.agreements);
    case 'facility':
    case 'event':
      return dice.one(ground.events);
    case 'integer':
      return dice.below(20);
    case 'number':
      return dice.next() * 100;
    case 'boolean':
      return dice.chance(0.5);
    case 'word':
      return dice.one(field.schema['enum'] as readonly string[]);
    case 'hash':
      return '0'.repeat(64);
    case 'json':
      return dice.chance(0.5) ? dice.one(dates) : randomJson(dice, 2);
    case 'list': {
      const { item } = field;
      if (item === undefined) return [];
      return Array.from({ length: 1 + dice.below(2) }, () => valueFor(item, name, dice, ground));
    }
    case 'record':
      return dataFor(field.members ?? {}, dice, ground);
  }
}

export function dataFor(shape: Shape, dice: Dice, ground: Ground): Record<string, unknown> {
  const given = Object.entries(shape).filter(([, field]) => !field.optional || dice.chance(0.3));
  return Object.fromEntries(
    given.map(([name, field]) => [name, valueFor(field, name, dice, ground)]),
  );
}

export function actFor(
  kind: (typeof entryKinds)[number],
  type: string,
  dice: Dice,
  ground: Ground,
): Record<string, unknown> {
  const data = dataFor(actType(kind, type)?.shape ?? {}, dice, ground);
  return { type, ...dataFor(actEnvelope, dice, ground), data };
}

/** The same with something somewhere changed, lost, doubled or added. */
export function mutated(value: unknown, dice: Dice): unknown {
  if (typeof value !== 'object' || value === null || dice.chance(0.15)) return strangeValue(dice);
  if (Array.isArray(value)) {
    const i = dice.below(value.length + 1);
    const changed = i < value.length ? mutated(value[i], dice) : strangeValue(dice);
    const rest = value.filter((_, at) => at !== i || dice.chance(0.2));
    return [...rest, changed];
  }
  const names = Object.keys(value);
  const name = names.length === 0 || dice.chance(0.15) ? dice.one(fieldNames) : dice.one(names);
  const { [name]: old, ...rest } = value as Record<string, unknown>;
  return dice.chance(0.2) ? rest : { ...rest, [name]: mutated(old, dice) };
}
