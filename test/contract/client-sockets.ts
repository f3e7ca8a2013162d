import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const sockets = new Set<Socket>();

subscribe('net.client.socket', (message) => {
  const { socket } = message as { readonly socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

/** Cuts this process's connections to servers on these ports, each with a probability. */
export function cutSocketsTo(ports: readonly number[], probability = 1): void {
  for (const socket of sockets) {
    const port = socket.remotePort ?? 0;
    if (ports.includes(port) && Math.random() < probability) socket.destroy();
  }
}
