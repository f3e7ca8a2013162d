import { setTimeout as pause } from 'node:timers/promises';

import { isAlive } from './postmaster-process.js';
import { type ServerProcess, stopServer } from './server-process.js';
import { type Serving, startCluster } from './start-cluster.js';

export type ServerStatus = 'running' | 'restarting' | 'stopped';

const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 5_000;

/**
 * A server that is started again whenever it ends unasked, with growing pauses, on the same port and
 * with the same password, so that pools of connections find it again.
 */
export class KeptServer {
  private state: ServerStatus = 'running';
  private closing: Promise<void> | undefined;
  private readonly wake = new AbortController();
  private readonly keeping: Promise<void>;

  /** `report` gets a line for the log whenever the server ends or comes back. */
  constructor(
    private readonly serving: Serving,
    private server: ServerProcess,
    private readonly report: (line: string) => void,
  ) {
    this.keeping = this.keep();
    process.on('exit', this.stopAtExit);
  }

  get port(): number {
    return this.server.port;
  }

  get pid(): number {
    return this.server.pid;
  }

  status(): ServerStatus {
    return this.state;
  }

  /** Stops the server in the fast way: what is committed is on the disk. May be called again. */
  close(): Promise<void> {
    this.closing ??= this.stop();
    return this.closing;
  }

  private async stop(): Promise<void> {
    this.wake.abort();
    if (this.state === 'running') await stopServer(this.server);
    await this.keeping;
    process.off('exit', this.stopAtExit);
    this.state = 'stopped';
  }

  private async keep(): Promise<void> {
    for (;;) {
      await this.server.ended;
      if (this.wake.signal.aborted) return;
      this.state = 'restarting';
      this.report('PostgreSQL が止まりました。起動し直します。');
      const again = await this.restart();
      if (!again) return;
      this.server = again;
      if (this.wake.signal.aborted) return stopServer(again);
      this.state = 'running';
      this.report('PostgreSQL を起動し直しました。');
    }
  }

  private async restart(): Promise<ServerProcess | undefined> {
    for (let wait = firstPauseMilliseconds; !this.wake.signal.aborted; wait *= 2) {
      try {
        return await startCluster(this.serving, async () => this.server.port);
      } catch (error) {
        this.report(error instanceof Error ? error.message : String(error));
      }
      const next = Math.min(wait, longestPauseMilliseconds);
      await pause(next, undefined, { signal: this.wake.signal }).catch(() => undefined);
    }
    return undefined;
  }

  /** A process that ends without closing still takes its server along, without waiting for it. */
  private readonly stopAtExit = (): void => {
    const { pid } = this.server;
    if (this.state === 'running' && isAlive(pid)) process.kill(pid, 'SIGINT');
  };
}
