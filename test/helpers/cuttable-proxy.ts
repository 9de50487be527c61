import net from 'node:net';
import { Transform } from 'node:stream';

export interface CuttableProxyOptions {
  /** Asked for each connection: it is cut when it has carried so many bytes towards the server. */
  allowance?: () => number;
}

/** Hands so many bytes on, ends, and forgets the rest. */
function measured(allowed: number, told: { carried(bytes: number): void; spent(): void }): Transform {
  let left = allowed;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (left > 0) {
        const part = chunk.subarray(0, left);
        told.carried(part.length);
        this.push(part);
        left -= part.length;
        if (left <= 0) {
          this.push(null);
          told.spent();
        }
      }
      done();
    },
  });
}

/** A TCP relay that can be cut and mended: an outage of a server without stopping it. */
export async function startCuttableProxy(
  target: { host: string; port: number },
  { allowance = () => Number.POSITIVE_INFINITY }: CuttableProxyOptions = {},
) {
  const sockets = new Set<net.Socket>();
  let up = true;
  let total = 0;
  const server = net.createServer((near) => {
    if (!up) {
      near.destroy();
      return;
    }
    const far = net.connect(target);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // An error is always followed by close, which ends the other side.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    far.pipe(near);
    // What was let through arrives before both sides close.
    const told = {
      carried: (bytes: number) => {
        total += bytes;
      },
      spent: () => far.once('finish', () => near.destroy()),
    };
    near.pipe(measured(allowance(), told)).pipe(far);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const cut = () => {
    up = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    cut,
    /** Bytes that went towards the server so far, over all connections. */
    carried: () => total,
    mend() {
      up = true;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
