interface Queued<T> {
  readonly at: number;
  /** Ties go to whoever came first, so that the order is one in every run. */
  readonly place: number;
  readonly item: T;
}

/** What waits for its time, the earliest first: a binary heap. */
export class Queue<T> {
  private readonly heap: Queued<T>[] = [];
  private added = 0;

  add(at: number, item: T): void {
    this.heap.push({ at, place: this.added, item });
    this.added += 1;
    let child = this.heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.earlier(child, parent)) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  /** The earliest, if its time is at most `at`. */
  takeBefore(at: number): Queued<T> | undefined {
    const [first] = this.heap;
    if (first === undefined || first.at > at) return undefined;
    const last = this.heap.pop()!;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    for (let parent = 0; ;) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < this.heap.length && this.earlier(child, least)) least = child;
      }
      if (least === parent) return;
      this.swap(least, parent);
      parent = least;
    }
  }

  private earlier(a: number, b: number): boolean {
    const [one, other] = [this.heap[a]!, this.heap[b]!];
    return one.at === other.at ? one.place < other.place : one.at < other.at;
  }

  private swap(a: number, b: number): void {
    const kept = this.heap[a]!;
    this.heap[a] = this.heap[b]!;
    this.heap[b] = kept;
  }
}
