import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A line to a PostgreSQL server that can fail as networks do. `lose` waits for the server's next
 * answer, so that the server has done its work, and cuts the line instead of handing the answer on.
 */
export class FaultyLine {
  private readonly sockets = new Set<Socket>();
  private fault: 'none' | 'lose' | 'silence' = 'none';
  private readonly awaited: { readonly words: string; readonly happen: () => void }[] = [];
  private readonly waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(url: string): Promise<FaultyLine> {
    const target = new URL(url);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const here = new URL(url);
    here.hostname = '127.0.0.1';
    here.port = String(address.port);
    const line = new FaultyLine(server, here.href);
    server.on('connection', (near) =>
      line.join(near, connect(Number(target.port), target.hostname)),
    );
    return line;
  }

  loseNextAnswer(): void {
    this.fault = 'lose';
  }

  /** What happens when the next statement with these words goes out; one such thing after another. */
  when(words: string, happen: () => void): void {
    this.awaited.push({ words, happen });
  }

  /** Settles as soon as somebody connects. */
  nextConnection(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  fallSilent(): void {
    this.fault = 'silence';
  }

  mend(): void {
    this.fault = 'none';
  }

  /** From now on nobody answers at this address. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }

  private join(near: Socket, far: Socket): void {
    for (const it of this.waiting.splice(0)) it();
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes: Buffer) => {
      const [next] = this.awaited;
      if (next !== undefined && bytes.includes(next.words)) {
        this.awaited.shift();
        next.happen();
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (this.fault === 'none') near.write(bytes);
      if (this.fault !== 'lose') return;
      this.mend();
      this.cut();
    });
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
