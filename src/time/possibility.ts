/**
 * One way in which the unknowns may stand: what each unknown that matters is. Unknowns are named by
 * what is not known: `b:<fact>` has begun by the day (y, n), `o:<a>|<b>` which came first (<, >),
 * `d:<event>:<field>` which of disputed values holds, `f:<event>` a fallen fact that others lean on.
 */
export type World = Readonly<Record<string, string>>;

/** A possible content and the worlds in which it holds. */
export interface Alternative<T> {
  readonly content: T;
  readonly worlds: readonly World[];
}

/** Every possible content; exactly one when the sources leave nothing open. */
export type Possible<T> = readonly Alternative<T>[];

/** Beyond this many worlds a question is undetermined (`too-many-possibilities`, domain § 4). */
export const MOST_WORLDS = 256;

export const TOO_MANY = 'too-many-possibilities';

/** No longer enumerated: anything may be. */
export interface TooMany {
  readonly tooMany: true;
}

export function isTooMany<T extends object>(content: T | TooMany): content is TooMany {
  return 'tooMany' in content;
}

/** The worlds of what leaves nothing open. */
export const ANY: readonly World[] = [{}];

export function certain<T>(content: T): Possible<T> {
  return [{ content, worlds: ANY }];
}

/** Whether nothing is left open: one content, in the one world that has no unknown. */
export function isCertain<T>(all: Possible<T>): all is readonly [Alternative<T>] {
  const [only] = all;
  if (only === undefined || all.length > 1) return false;
  if (only.worlds === ANY) return true;
  if (only.worlds.length !== 1) return false;
  for (const _ in only.worlds[0]) return false;
  return true;
}

/** Contents that are equal share an alternative; unknowns that decide nothing are dropped. */
export function possible<T>(found: readonly { world: World; content: T }[]): Possible<T> {
  const only = found[0];
  if (found.length === 1 && only !== undefined && Object.keys(only.world).length === 0) {
    return [{ content: only.content, worlds: [only.world] }];
  }
  const contents = new Map<string, T>();
  let worlds = new Map<string, { world: World; content: string }>();
  for (const { world, content } of found) {
    const key = JSON.stringify(content);
    if (!contents.has(key)) contents.set(key, content);
    worlds.set(nameOf(world), { world, content: key });
  }
  for (const unknown of unknownsOf([...worlds.values()].map((it) => it.world))) {
    worlds = without(unknown, worlds) ?? worlds;
  }
  return [...contents].flatMap(([key, content]) => {
    const held = [...worlds.values()].filter((it) => it.content === key).map((it) => it.world);
    return held.length === 0 ? [] : [{ content, worlds: held.sort(byName) }];
  });
}

/** The unknowns that an answer depends on. */
export function unknownsOf(worlds: readonly World[]): readonly string[] {
  return [...new Set(worlds.flatMap((world) => Object.keys(world)))].sort();
}

export function unknownsIn<T>(alternatives: Possible<T>): readonly string[] {
  return unknownsOf(alternatives.flatMap((it) => it.worlds));
}

/**
 * Two parts at once: joined on the unknowns they share, so that one event's date is one unknown
 * wherever it is used. `undefined` beyond 256 combinations.
 */
export function joined<A, B, C>(
  a: Possible<A>,
  b: Possible<B>,
  combine: (a: A, b: B) => C,
): Possible<C> | undefined {
  if (isCertain(a) && isCertain(b)) return certain(combine(a[0].content, b[0].content));
  const found: { world: World; content: C }[] = [];
  for (const left of a) {
    for (const right of b) {
      const content = combine(left.content, right.content);
      for (const one of left.worlds) {
        for (const other of right.worlds) {
          if (!agree(one, other)) continue;
          found.push({ world: { ...one, ...other }, content });
          if (found.length > MOST_WORLDS) return undefined;
        }
      }
    }
  }
  return possible(found);
}

function agree(one: World, other: World): boolean {
  return Object.entries(one).every(
    ([unknown, value]) => !Object.hasOwn(other, unknown) || other[unknown] === value,
  );
}

/**
 * Exact: an unknown goes only when each of its values is possible beside all else and changes
 * nothing. Worlds that lack it (it is no question there) do without it already.
 */
function without(
  unknown: string,
  worlds: ReadonlyMap<string, { world: World; content: string }>,
): Map<string, { world: World; content: string }> | undefined {
  const values = new Set<string>();
  const rest = new Map<string, { world: World; content: string; values: Set<string> }>();
  for (const { world, content } of worlds.values()) {
    const { [unknown]: value = '', ...others } = world;
    if (value !== '') values.add(value);
    const key = nameOf(others);
    const seen = rest.get(key);
    if (seen === undefined) rest.set(key, { world: others, content, values: new Set([value]) });
    else if (seen.content !== content) return undefined;
    else seen.values.add(value);
  }
  const free = [...rest.values()].every(
    ({ values: seen }) => seen.size === (seen.has('') ? 1 : values.size),
  );
  return free ? rest : undefined;
}

function nameOf(world: World): string {
  return JSON.stringify(Object.entries(world).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byName(a: World, b: World): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}
