import type { FoldContext } from './stream-fold.js';
import { Projector, type ProjectorOptions } from './projector.js';
import type { Ledger } from './ledger.js';

/** The projectors of all ledgers in this process, from start to stop. */
export class Projectors {
  private readonly stopping = new AbortController();
  private running: readonly Promise<void>[] = [];

  constructor(
    private readonly ledgers: readonly Ledger[],
    private readonly context: Omit<FoldContext, 'ledger'>,
    private readonly options: ProjectorOptions,
  ) {}

  start(): void {
    this.running = this.ledgers.map((ledger) =>
      new Projector({ ...this.context, ledger }, this.options).run(this.stopping.signal),
    );
  }

  /** Ends after the batches under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }
}
