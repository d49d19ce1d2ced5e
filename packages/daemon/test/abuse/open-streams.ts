import { callHead, connectFrames, type FrameClient, frame, frameType } from './frame-client.ts';

/** Opens streams on connections of their own kind, and keeps them. */
export async function openStreams(
  { port }: { port: number },
  options: {
    connections: number;
    streams: number;
    path: string;
    flags: number;
    settings?: Buffer;
    body?: Buffer;
  },
) {
  const clients: FrameClient[] = [];
  for (let at = 0; at < options.connections; at++) {
    const client = await connectFrames(port, {
      ...(options.settings && { settings: options.settings }),
    });
    const payload = callHead(options.path);
    for (let count = 0; count < options.streams; count++) {
      const stream = 1 + 2 * count;
      client.write(frame(frameType.headers, { flags: options.flags, stream, payload }));
      if (options.body) client.write(frame(frameType.data, { stream, payload: options.body }));
    }
    clients.push(client);
  }
  return {
    destroy() {
      for (const { socket } of clients) socket.destroy();
    },
  };
}
