import {
  type ClientHttp2Session,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import {
  create,
  type DescMessage,
  type DescMethodBiDiStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { decodeGrpcMessage } from '../../wire/grpc-message.ts';
import { formatGrpcTimeout } from '../../wire/grpc-timeout.ts';
import { GrpcFailure } from './grpc-failure.ts';

/** A method that is asked once and answers once; LeaseKeepAlive is a stream only in form. */
export type GrpcMethod<I extends DescMessage, O extends DescMessage> =
  | DescMethodUnary<I, O>
  | DescMethodBiDiStreaming<I, O>;

/** How one request is made. */
export interface AskOptions {
  /** Milliseconds until the answer must be there. */
  readonly timeoutMs: number;
  /** Besides those that gRPC asks for. */
  readonly headers?: OutgoingHttpHeaders | undefined;
}

const headBytes = 5;

/**
 * One request and one answer as gRPC over HTTP/2, on an open session, without anything between: a
 * general client takes four times the processor time (docs/decisions/012).
 *
 * @throws GrpcFailure
 */
export function askGrpc<I extends DescMessage, O extends DescMessage>(
  session: ClientHttp2Session,
  method: GrpcMethod<I, O>,
  message: MessageInitShape<I>,
  options: AskOptions,
): Promise<MessageShape<O>> {
  const { timeoutMs, headers } = options;
  const body = toBinary(method.input, create(method.input, message));
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame[0] = 0;
  frame.writeUInt32BE(body.length, 1);
  frame.set(body, headBytes);
  return new Promise((resolve, reject) => {
    let stream: ReturnType<ClientHttp2Session['request']>;
    try {
      stream = session.request({
        ':method': 'POST',
        ':path': `/${method.parent.typeName}/${method.name}`,
        'content-type': 'application/grpc',
        te: 'trailers',
        'grpc-timeout': formatGrpcTimeout(timeoutMs),
        ...headers,
      });
    } catch (cause) {
      reject(new GrpcFailure('the connection is closed', { isUnseen: true, cause }));
      return;
    }
    const chunks: Buffer[] = [];
    let end: IncomingHttpHeaders = {};
    let failure: unknown;
    // Not in the same turn: after a pause of this process the answer may be here, but not read.
    const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
    function giveUp(): void {
      reject(new GrpcFailure(`no answer within ${Math.ceil(timeoutMs)} ms`));
      stream.close(constants.NGHTTP2_CANCEL);
    }
    // A refusal has its status in the only headers, an answer in the trailers.
    stream.on('response', (fields) => {
      end = fields;
    });
    stream.on('trailers', (fields) => {
      end = { ...end, ...fields };
    });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', (cause) => {
      failure = cause;
    });
    stream.once('close', () => {
      clearTimeout(timer);
      try {
        resolve(readAnswer());
      } catch (cause) {
        reject(
          cause instanceof GrpcFailure ? cause : new GrpcFailure('malformed answer', { cause }),
        );
      }
    });
    stream.end(frame);

    function readAnswer(): MessageShape<O> {
      const status = end['grpc-status'];
      if (status === undefined) throw broken();
      if (status !== '0') {
        const text = decodeGrpcMessage(String(end['grpc-message'] ?? ''));
        throw new GrpcFailure(text, { status: Number(status) });
      }
      return fromBinary(method.output, unframe(chunks));
    }

    function broken(): GrpcFailure {
      const { ':status': http = 200 } = end;
      const text = http === 200 ? 'the connection broke before the answer' : `HTTP status ${http}`;
      const isUnseen = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
      return new GrpcFailure(text, { isUnseen, cause: failure });
    }
  });
}

/** The one message of a response. */
function unframe(chunks: readonly Buffer[]): Buffer {
  const [first = Buffer.alloc(0)] = chunks;
  const bytes = chunks.length === 1 ? first : Buffer.concat(chunks);
  const end = bytes.length < headBytes ? 0 : headBytes + bytes.readUInt32BE(1);
  if (bytes[0] !== 0 || end === 0 || bytes.length < end) throw new GrpcFailure('malformed answer');
  return bytes.subarray(headBytes, end);
}
