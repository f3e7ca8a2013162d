import { createServer, type Server, type Socket } from 'node:net';

/** The listening port and its client sockets, which it can cut, or leave open and unserved. */
export class Connections {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private frozen = false;
  private waiting: Socket[] = [];

  constructor(private readonly serve: (socket: Socket) => void) {}

  /** Listens on loopback; 0 takes any free port. Gives the port. */
  async listen(port: number): Promise<number> {
    const server = createServer((socket) => this.accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.server = server;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  /** From now on nobody answers at this address. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.frozen = false;
    this.waiting = [];
    const closed = new Promise<void>((resolve) => {
      if (server) server.close(() => resolve());
      else resolve();
    });
    this.cut();
    await closed;
  }

  /** Cuts the connection of one peer (`address:port`), or all. */
  cut(peer?: string): void {
    for (const socket of this.sockets)
      if (peer === undefined || `${socket.remoteAddress}:${socket.remotePort}` === peer)
        socket.resetAndDestroy();
  }

  /** Connections are accepted and stay open, but nothing is read from them. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) handleOf(socket)?.readStop();
  }

  thaw(): void {
    this.frozen = false;
    for (const socket of this.sockets) handleOf(socket)?.readStart();
    for (const socket of this.waiting.splice(0)) this.greet(socket);
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (this.frozen) this.waiting.push(socket);
    else this.greet(socket);
  }

  /** An HTTP/1.1 request is answered as the server's health page does; all else is gRPC. */
  private greet(socket: Socket): void {
    socket.once('readable', () => {
      const head: unknown = socket.read();
      if (!(head instanceof Buffer)) return;
      if (head.subarray(0, 4).toString() === 'GET ') {
        const found = head.toString().startsWith('GET /health/live');
        socket.end(`HTTP/1.1 ${found ? '204 No Content' : '404 Not Found'}\r\n\r\n`);
        return;
      }
      socket.unshift(head);
      this.serve(socket);
    });
  }
}

/** An HTTP/2 session reads from the handle itself, past the socket's own `pause`. */
function handleOf(socket: Socket): { readStop(): void; readStart(): void } | undefined {
  const handle: unknown = Reflect.get(socket, '_handle');
  return handle as { readStop(): void; readStart(): void } | undefined;
}
