/** A value that an event cannot hold. `path` is the place inside it, such as `$.parties[2].name`. */
export class UnlawfulJson extends Error {
  override readonly name = 'UnlawfulJson';
  constructor(
    readonly path: string,
    readonly fault: string,
  ) {
    super(`${path}: ${fault}`);
  }
}

export const deepest = 64;
const loneSurrogate = /\p{Surrogate}/u;
// Engines move such keys to the front of an object, whatever the text says.
export const integerLike = /^(?:0|[1-9][0-9]*)$/;
const plainName = /^[A-Za-z_$][\w$]*$/;

/**
 * Refuses what JSON would drop, change or write in two ways: undefined, functions, symbols, BigInt,
 * non-finite numbers, unsafe integers, class instances, holes, circles, lone surrogates,
 * integer-like keys; and more than 64 levels.
 * @throws UnlawfulJson
 */
export function refuseUnlawfulJson(value: unknown): void {
  new Walk().visit(value);
}

class Walk {
  private readonly path: (string | number)[] = [];
  private readonly around: object[] = [];

  visit(value: unknown): void {
    if (value === null) return;
    switch (typeof value) {
      case 'boolean':
        return;
      case 'string':
        if (loneSurrogate.test(value)) this.refuse('lone surrogate');
        return;
      case 'number':
        if (!Number.isFinite(value)) this.refuse(`${value} is no JSON number`);
        if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
          this.refuse('integer beyond 2^53 − 1, to be written as a string');
        }
        return;
      case 'object':
        if (this.around.includes(value)) this.refuse('contains itself');
        if (this.around.length === deepest) this.refuse(`more than ${deepest} levels`);
        this.around.push(value);
        if (Array.isArray(value)) this.visitItems(value);
        else this.visitFields(value);
        this.around.pop();
        return;
      default:
        this.refuse(`${typeof value} is not JSON`);
    }
  }

  private visitItems(items: readonly unknown[]): void {
    for (const [index, item] of items.entries()) this.visitAt(index, item);
    if (Object.keys(items).length !== items.length) this.refuse('array with named fields');
  }

  private visitFields(value: object): void {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      this.refuse(`${value.constructor.name} is not a plain object`);
    }
    if (Object.getOwnPropertySymbols(value).length > 0) this.refuse('symbol as key');
    const fields = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(fields)) {
      if (integerLike.test(key)) this.refuse(`integer-like key "${key}"`);
      if (loneSurrogate.test(key)) this.refuse('lone surrogate in a key');
      this.visitAt(key, fields[key]);
    }
  }

  private visitAt(place: string | number, value: unknown): void {
    this.path.push(place);
    this.visit(value);
    this.path.pop();
  }

  private refuse(fault: string): never {
    throw new UnlawfulJson(`$${this.path.map(step).join('')}`, fault);
  }
}

function step(place: string | number): string {
  if (typeof place === 'number') return `[${place}]`;
  return plainName.test(place) ? `.${place}` : `[${JSON.stringify(place)}]`;
}
