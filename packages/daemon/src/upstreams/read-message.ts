import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { statusCode } from '../call/status.ts';
import { UpstreamFailure } from './upstream-failure.ts';

const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/**
 * Takes a message out of its gRPC frame and undoes its compression, for upstreams that look into it.
 *
 * @param encoding `grpc-encoding` of the request
 * @throws UpstreamFailure 8 when it grows beyond the limit, 12 for other compressions, 13 for bytes
 *   that are not what they are said to be
 */
export async function readMessage(
  frame: Buffer,
  { encoding, maxMessageBytes }: { encoding: string | undefined; maxMessageBytes: number },
): Promise<Buffer> {
  const payload = frame.subarray(5);
  if (frame[0] === 0) return payload;
  if (encoding === undefined || encoding === 'identity') {
    throw new UpstreamFailure(
      statusCode.internal,
      'grpc: compressed flag set with identity or empty encoding',
    );
  }
  if (!Object.hasOwn(decoders, encoding)) {
    throw new UpstreamFailure(
      statusCode.unimplemented,
      `grpc: Decompressor is not installed for grpc-encoding "${encoding}"`,
    );
  }
  try {
    const decode = decoders[encoding as keyof typeof decoders];
    return await decode(payload, { maxOutputLength: Math.max(1, maxMessageBytes) });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new UpstreamFailure(
        statusCode.resourceExhausted,
        `grpc: received message after decompression larger than max ${maxMessageBytes}`,
      );
    }
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new UpstreamFailure(
      statusCode.internal,
      `grpc: failed to decompress the received message: ${text}`,
    );
  }
}
