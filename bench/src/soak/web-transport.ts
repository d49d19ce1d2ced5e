import { Agent, type IncomingMessage, request } from 'node:http';
import { request as requestTls, Agent as TlsAgent } from 'node:https';
import {
  callPath,
  createMessageCounter,
  type Outcome,
  patienceMs,
  requestFrame,
  type Transport,
} from './transport.ts';

/** gRPC-web on HTTP/1.1, binary or text, with TLS when the endpoint says so. */
export function createWebTransport(options: {
  readonly endpoint: string;
  readonly isText: boolean;
}): Transport {
  const { endpoint, isText } = options;
  const isTls = endpoint.startsWith('https:');
  const contentType = `application/grpc-web${isText ? '-text' : ''}+proto`;
  const makeAgent = () =>
    isTls
      ? new TlsAgent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })
      : new Agent({ keepAlive: true, maxSockets: 1 });
  let agent = makeAgent();

  return {
    call: (plan, headers) =>
      new Promise<Outcome>((resolve) => {
        const messages = createMessageCounter();
        let fields: Record<string, unknown> = {};
        let tail = '';
        const ask = (isTls ? requestTls : request)(`${endpoint}${callPath}`, {
          method: 'POST',
          agent,
          headers: {
            'content-type': contentType,
            'x-grpc-web': '1',
            ...(plan.timeoutMs !== undefined && { 'grpc-timeout': `${plan.timeoutMs}m` }),
            'soak-plan': plan.service,
            ...headers,
          },
        });
        // In HTTP/1.1 there is but one way to leave.
        const leave = () => ask.destroy();
        const overdue = setTimeout(leave, patienceMs);
        const leaving =
          plan.leaves === 'before' ? setTimeout(leave, 5 + 50 * Math.random()) : undefined;
        ask.on('error', () => {});
        ask.on('response', (response: IncomingMessage) => {
          fields = response.headers;
          response.on('error', () => {});
          const decode = createDecoder(isText);
          response.on('data', (chunk: Buffer) => {
            const bytes = decode(chunk);
            messages.push(bytes);
            tail = (tail + bytes.toString('latin1')).slice(-500);
            if (plan.leaves === 'after' && messages.count > 0) leave();
          });
        });
        ask.on('close', () => {
          clearTimeout(overdue);
          clearTimeout(leaving);
          const told = fields['grpc-status'] ?? /grpc-status: ([0-9]+)\r\n/.exec(tail)?.[1];
          const text = fields['grpc-message'] ?? /grpc-message: (.*)\r\n/.exec(tail)?.[1] ?? '';
          const status = told === undefined ? undefined : Number(told);
          resolve({ messages: messages.count, status, text: String(text) });
        });
        const body = Buffer.concat(Array.from({ length: plan.requests }, () => requestFrame));
        ask.end(isText ? body.toString('base64') : body);
      }),
    reconnect() {
      agent.destroy();
      agent = makeAgent();
    },
    close: () => agent.destroy(),
  };
}

/** Pieces of text may end in the middle of a group of four. */
function createDecoder(isText: boolean): (chunk: Buffer) => Buffer {
  if (!isText) return (chunk) => chunk;
  let rest = '';
  return (chunk) => {
    const text = rest + chunk.toString('latin1');
    const end = text.length - (text.length % 4);
    rest = text.slice(end);
    const groups = text.slice(0, end).match(/[^=]+={0,2}/g) ?? [];
    return Buffer.concat(groups.map((group) => Buffer.from(group, 'base64')));
  };
}
