import {
  everybody,
  wards,
  type Agreement,
  type Graph,
  type Topology,
  type When,
} from './obligation-graphs.js';

/** An answer as small numbers: 0 no, 1 open, 2 yes. All of several is the least, any the greatest. */
type Grade = 0 | 1 | 2;

const all = (...grades: readonly Grade[]): Grade => grades.reduce((a, b) => (b < a ? b : a), 2);
const certain = (it: boolean): Grade => (it ? 2 : 0);

interface Step {
  readonly kind: 'member' | 'perhaps' | 'whole' | 'ward' | 'organ' | 'succession';
  readonly to: string;
}

/**
 * Who owes whom in a graph all of whose days are certain, by trying every sequence of parties. Written
 * from the domain's text; nothing of the register's own search is used.
 */
export function searched(graph: Graph, from: string, to: string, on: number): string {
  if (gone(graph, from, on) || gone(graph, to, on)) return 'no';
  const grades = graph.agreements.flatMap((it, i) => owed(graph, it, i, from, to, on));
  if (grades.includes(2)) return 'yes';
  if (grades.includes(1)) return 'undetermined';
  return grades.includes(0) ? 'no' : 'undetermined';
}

/** Every way through one agreement that ties the two together on some day. */
function owed(graph: Graph, it: Agreement, i: number, from: string, to: string, on: number) {
  const found: Grade[] = [];
  for (const mine of routes(graph, from)) {
    for (const theirs of routes(graph, to)) {
      const x = mine.at(-1)?.to ?? from;
      const y = theirs.at(-1)?.to ?? to;
      const linked = (day: number) =>
        all(
          certain(!gone(graph, from, day) && !gone(graph, to, day)),
          walked(graph, from, mine, i, day),
          walked(graph, to, theirs, i, day),
        );
      const beneficiaries = [to, ...theirs.map((step) => step.to)];
      const confined = (provider: string) =>
        all(
          kept(it, provider, beneficiaries),
          inside(it, provider, from, mine),
          inside(it, provider, to, theirs),
        );
      if (x !== y && it.parties.includes(x) && it.parties.includes(y)) {
        const tie = (day: number) => all(linked(day), bond(it, x, day), bond(it, y, day));
        const direct = mine.length + theirs.length === 0;
        const grade = all(tie(on), topology(it, x, y, on), confined(x));
        found.push(...counted(grade, direct ? 2 : best(tie)));
      }
      const { umbrella } = it;
      if (umbrella !== undefined && umbrella.provider === x && umbrella.beneficiary === y) {
        const tie = (day: number) =>
          all(
            linked(day),
            it.parties.includes(umbrella.through) ? bond(it, umbrella.through, day) : 1,
            belongs(graph, umbrella.through, x, day),
            belongs(graph, umbrella.through, y, day),
          );
        const remains: Grade = gone(graph, umbrella.through, on) ? 1 : 2;
        const said = certain(umbrella.day.from <= on);
        const grade = all(tie(on), said, remains, confined(umbrella.through));
        found.push(...counted(grade, best(tie)));
      }
    }
  }
  return found;
}

/** That a way does not hold says something only where the two were certainly tied on some day. */
function counted(grade: Grade, tie: Grade): readonly Grade[] {
  if (tie === 0) return [];
  return grade === 0 && tie < 2 ? [] : [grade];
}

const days = [-1, 0, 1, 2, 3, 4, 5];

function best(tie: (day: number) => Grade): Grade {
  return days.map(tie).reduce((a, b) => (b > a ? b : a), 0);
}

/** Every sequence of steps without a party twice, whether or not it holds on any day. */
function routes(graph: Graph, from: string): readonly (readonly Step[])[] {
  const found: Step[][] = [];
  const walk = (at: string, steps: readonly Step[]) => {
    found.push([...steps]);
    for (const to of everybody) {
      if (to === from || steps.some((it) => it.to === to)) continue;
      for (const kind of kinds(graph, at, to)) {
        const before = steps.map((it) => it.kind);
        if (kind === 'ward' && before.includes('whole')) continue;
        if (kind === 'whole' && before.includes('ward')) continue;
        const own = before.every((it) => it === 'whole' || it === 'succession');
        if (kind === 'perhaps' && !own) continue;
        walk(to, [...steps, { kind, to }]);
      }
    }
  };
  walk(from, []);
  return found;
}

function kinds(graph: Graph, at: string, to: string): readonly Step['kind'][] {
  const member = graph.memberships.some((it) => it.council === to && it.member === at);
  const part = wards.find((it) => it.part === to && it.whole === at);
  const whole = wards.some((it) => it.part === at && it.whole === to && it.kind === 'ward');
  const heir = graph.successions.some((it) => it.successor === at && it.predecessor === to);
  return [
    ...(member ? ['member' as const] : []),
    ...(!member && graph.openEnded.includes(to) ? ['perhaps' as const] : []),
    ...(part === undefined ? [] : [part.kind]),
    ...(whole ? ['whole' as const] : []),
    ...(heir ? ['succession' as const] : []),
  ];
}

function walked(graph: Graph, from: string, steps: readonly Step[], i: number, on: number): Grade {
  return all(
    ...steps.map(({ kind, to }, place) => {
      const at = steps[place - 1]?.to ?? from;
      switch (kind) {
        case 'member':
          return all(belongs(graph, to, at, on), gone(graph, to, on) ? 1 : 2);
        case 'perhaps':
          return 1;
        case 'whole':
          return gone(graph, to, on) ? 1 : 2;
        case 'ward':
        case 'organ':
          return certain(!gone(graph, to, on));
        case 'succession':
          return inherits(graph, at, to, i, on);
      }
    }),
  );
}

function inherits(graph: Graph, heir: string, old: string, i: number, on: number): Grade {
  const it = graph.successions.find((one) => one.successor === heir && one.predecessor === old)!;
  if (it.day.from > on) return 0;
  const takes = it.takesOver ?? (it.manner === 'merger' ? 'all' : 'unsaid');
  if (takes === 'all' || it.listed.includes(i)) return 2;
  return takes === 'none' ? 0 : 1;
}

/** The latest of joining and leaving decides; on one day the leaving. Nobody's record is open. */
function belongs(graph: Graph, council: string, member: string, on: number): Grade {
  const it = graph.memberships.find((one) => one.council === council && one.member === member);
  if (it === undefined) return 1;
  if (it.joined.from > on) return 0;
  const left = it.left !== undefined && it.left.from <= on && it.left.from >= it.joined.from;
  return certain(!left);
}

function gone(graph: Graph, party: string, on: number): boolean {
  return graph.successions.some((it) => it.predecessor === party && it.ceased && it.day.from <= on);
}

function bond(it: Agreement, party: string, on: number): Grade {
  if (it.ended !== undefined && it.ended.from <= on) return 0;
  if (it.withdrew?.party === party && it.withdrew.day.from <= on) return 0;
  return certain(it.concluded.from <= on);
}

function topology(it: Agreement, provider: string, beneficiary: string, on: number): Grade {
  const stated: Topology =
    it.amended !== undefined && it.amended.day.from <= on ? it.amended.topology : it.topology;
  const { shape, of, pairs, rest } = stated;
  if (pairs.some((one) => one.provider === provider && one.beneficiary === beneficiary)) return 2;
  if (shape === 'mesh') return 2;
  if (shape === 'hub' && (provider === of || beneficiary === of)) return 2;
  if (shape === 'oneWay' && provider === of) return 2;
  return rest === 'unknown' ? 1 : certain(rest === 'bound');
}

function kept({ reservation }: Agreement, provider: string, beneficiaries: readonly string[]) {
  if (reservation?.party !== provider) return 2;
  if (reservation.towards === undefined) return 1;
  return certain(!beneficiaries.includes(reservation.towards));
}

/** A ward asked about for its city, while other wards of that city are named. */
function inside({ scope }: Agreement, provider: string, from: string, steps: readonly Step[]) {
  if (scope === undefined || (scope.provider ?? provider) !== provider) return 2;
  const outside = steps.some(({ kind, to }, i) => {
    if (kind !== 'whole') return false;
    const ward = steps[i - 1]?.to ?? from;
    const sisters = wards.filter((it) => it.whole === to && scope.wards.includes(it.part));
    return sisters.length > 0 && !scope.wards.includes(ward);
  });
  return certain(!outside);
}

/** Every graph with certain days that an open one may stand for; null where they are too many. */
export function worldsOf(graph: Graph, most: number): readonly Graph[] | null {
  const open: When[] = [];
  resolved(graph, (it) => {
    open.push(it);
    return it;
  });
  let choices: number[][] = [[]];
  for (const { from, to } of open) {
    choices = choices.flatMap((it) => range(from, to).map((day) => [...it, day]));
    if (choices.length > most) return null;
  }
  return choices
    .map((days) => {
      let i = 0;
      return resolved(graph, () => {
        const day = days[i++]!;
        return { from: day, to: day };
      });
    })
    .filter((it) => inOrder(it, graph));
}

/** The graph with other days, chosen one after the other. */
function resolved(graph: Graph, choose: (it: When) => When): Graph {
  return JSON.parse(JSON.stringify(graph), (_key, value: unknown) =>
    isWhen(value) ? choose(value) : value,
  ) as Graph;
}

function isWhen(value: unknown): value is When {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Who leaves had joined, what ends had begun: presumed where the days leave it open. */
function inOrder(world: Graph, graph: Graph): boolean {
  const days = (it: Graph) => [
    ...it.memberships.map((one) => [one.left, one.joined] as const),
    ...it.agreements.flatMap(({ concluded, ended, withdrew, amended, umbrella }) => [
      [ended, concluded] as const,
      [withdrew?.day, concluded] as const,
      [amended?.day, concluded] as const,
      [umbrella?.day, concluded] as const,
      [ended, amended?.day] as const,
    ]),
  ];
  const possible = days(graph);
  return days(world).every(([later, earlier], i) => {
    if (later === undefined || earlier === undefined) return true;
    const [open, first] = possible[i]!;
    return open!.to < first!.from || later.from >= earlier.from;
  });
}
