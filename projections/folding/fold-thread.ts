import { Worker } from 'node:worker_threads';

import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import type { FoldedText } from './fold-texts.js';

/** What a thread is started with: it folds the ledgers that the program has by these names. */
export interface Task {
  readonly register: string;
  readonly ledgers: readonly string[];
}

export interface ToDo {
  readonly id: number;
  readonly events: readonly RecordedEvent[];
}

export interface Done {
  readonly id: number;
  /** Undefined where folding failed. */
  readonly made?: readonly FoldedText[];
}

/** A thread beside this one that folds streams. */
export class FoldThread {
  private readonly waiting = new Map<number, (made: Done['made']) => void>();
  private readonly worker: Worker;
  private asked = 0;
  private gone = false;

  constructor(task: Task) {
    this.worker = new Worker(new URL('fold-worker.js', import.meta.url), { workerData: task });
    this.worker.on('message', ({ id, made }: Done) => this.tell(id, made));
    this.worker.on('error', () => this.leave());
    this.worker.on('messageerror', () => this.leave());
    this.worker.on('exit', () => this.leave());
  }

  /** Batches that it has not folded yet. */
  get load(): number {
    return this.gone ? Infinity : this.waiting.size;
  }

  /** Undefined where it could not: the thread is gone, or the events cannot be folded. */
  fold(events: readonly RecordedEvent[]): Promise<Done['made']> {
    if (this.gone) return Promise.resolve(undefined);
    const id = this.asked++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.worker.postMessage({ id, events } satisfies ToDo, []);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private leave(): void {
    this.gone = true;
    for (const id of this.waiting.keys()) this.tell(id, undefined);
  }

  private tell(id: number, made: Done['made']): void {
    this.waiting.get(id)?.(made);
    this.waiting.delete(id);
  }
}
