import { Buffer } from 'node:buffer';
import { setTimeout as wait } from 'node:timers/promises';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect';
import type { EchoReplySchema, TextService } from '../gen/text/v1/text_service_pb.ts';
import type { Fault } from '../gen/text/v1/trial/fault_pb.ts';
import { answerChat } from './answer-chat.ts';
import { detectLanguage } from './detect-language.ts';
import { summariseText } from './summarise-text.ts';

const maxDelayMs = 600_000;
const maxSummaryLength = 1_000_000;
const highestStatusCode = 16;

/** Tells what happened to a call that did not run to its end. */
export type EmitEvent = (event: { event: 'cancelled'; method: string }) => void;

/** The methods of `text.v1.TextService`. */
export function createTextService(emit: EmitEvent): ServiceImpl<typeof TextService> {
  return {
    detect: (request) => ({ detection: detectLanguage(request.text) }),

    async *detectMany(request) {
      for (const [index, text] of request.texts.entries()) {
        yield { index, detection: detectLanguage(text) };
      }
    },

    async summarise(requests) {
      const pieces: string[] = [];
      let length = 0;
      for await (const request of requests) {
        length += request.text.length;
        if (length > maxSummaryLength) {
          throw new ConnectError(
            `a text of at most ${maxSummaryLength} characters can be summarised`,
            Code.ResourceExhausted,
          );
        }
        pieces.push(request.text);
      }
      return summariseText(pieces);
    },

    async *chat(requests) {
      for await (const request of requests) yield answerChat(request.text);
    },

    async slow(request, context) {
      if (request.delayMs > maxDelayMs) {
        throw new ConnectError(`delay_ms must be at most ${maxDelayMs}`, Code.InvalidArgument);
      }
      await pause(request.delayMs, context, emit);
      return { detection: detectLanguage(request.text), delayedMs: request.delayMs };
    },

    fail(request) {
      throwFault(request.fault);
      return {};
    },

    async *failAfter(request, context) {
      for (let index = 0; index < request.messages; index += 1) {
        await pause(request.intervalMs, context, emit);
        yield { index };
      }
      await pause(request.intervalMs, context, emit);
      throwFault(request.fault);
    },

    echo: (request, context) => ({
      data: request.data,
      ...(request.withMetadata && { metadata: readMetadata(context) }),
    }),
  };
}

async function pause(delayMs: number, context: HandlerContext, emit: EmitEvent): Promise<void> {
  if (delayMs === 0) return;
  try {
    await wait(delayMs, undefined, { signal: context.signal });
  } catch {
    emit({ event: 'cancelled', method: context.method.name });
    throw new ConnectError('the caller has left', Code.Canceled);
  }
}

function throwFault(fault: Fault | undefined): void {
  if (fault === undefined || fault.code === 0) return;
  if (fault.code > highestStatusCode) {
    throw new ConnectError(
      `fault.code must be 0 to ${highestStatusCode}, not ${fault.code}`,
      Code.InvalidArgument,
    );
  }
  throw new ConnectError(fault.message, fault.code as Code);
}

function readMetadata(
  context: HandlerContext,
): NonNullable<MessageInitShape<typeof EchoReplySchema>['metadata']> {
  const metadata: Record<string, string> = {};
  for (const [name, value] of context.requestHeader) {
    // Connect hands binary values over as the base64 text that was on the wire.
    metadata[name] = name.endsWith('-bin') ? toPaddedBase64(value) : value;
  }
  return metadata;
}

function toPaddedBase64(value: string): string {
  return Buffer.from(value, 'base64').toString('base64');
}
