/**
 * The items of pages, one by one. An async generator would cost more for each item than its parsing;
 * here an item of a page that is there costs one settled promise.
 */
export function itemsOfPages<T>(
  pages: AsyncIterableIterator<readonly T[]>,
): AsyncIterableIterator<T> {
  let page: Iterator<T> = [].values();

  const fromNextPage = async (): Promise<IteratorResult<T>> => {
    for (;;) {
      const turned = await pages.next();
      if (turned.done === true) return { done: true, value: undefined };
      page = turned.value.values();
      const first = page.next();
      if (first.done !== true) return first;
    }
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => {
      const item = page.next();
      return item.done === true ? fromNextPage() : Promise.resolve(item);
    },
    return: async () => {
      page = [].values();
      await pages.return?.();
      return { done: true, value: undefined };
    },
  };
}
