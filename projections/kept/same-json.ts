/** Whether two JSON values say the same, whatever the order of their members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((it, i) => sameJson(it, b[i]));
  }
  const [mine, theirs] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  if (mine.length !== Object.keys(b).length) return false;
  return mine.every(([key, value]) => Object.hasOwn(theirs, key) && sameJson(value, theirs[key]));
}
