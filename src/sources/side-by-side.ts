/**
 * Does the work for each item, so many at once. The first fault ends it when what is under way is done.
 */
export async function sideBySide<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const faults: unknown[] = [];
  const one = async () => {
    for (const item of rest) {
      if (faults.length > 0) return;
      await work(item).catch((fault: unknown) => faults.push(fault));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  if (faults.length > 0) throw faults[0];
}
