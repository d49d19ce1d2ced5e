import { gzipSync } from 'node:zlib';
import { array, assert, asyncProperty, boolean, integer, tuple, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { encodeMessage } from '../../../test/transport/messages.ts';
import { RequestInput } from './request-input.ts';

interface Written {
  readonly bytes: Buffer;
  /** `end`, or why it failed. */
  readonly end: string;
}

/** Gives a request in pieces, waiting where it is asked to. */
function write(bytes: Buffer, cuts: readonly number[], isStream: boolean): Promise<Written> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    const done = (end: string) => resolve({ bytes: Buffer.concat(chunks), end });
    let at = 0;
    let turn = 0;
    const input = new RequestInput(
      { isStream, encoding: 'gzip', maxMessageBytes: 1000 },
      {
        write: (chunk) => chunks.push(Buffer.from(chunk)) > 0,
        end: () => done('end'),
        fail: (cause) => done(cause === undefined ? 'cut off' : String(cause)),
        onIdle: () => go(),
      },
    );
    function go(): void {
      while (at < bytes.length) {
        const step = cuts[turn++ % cuts.length] as number;
        const chunk = bytes.subarray(at, at + step);
        at += step;
        if (!input.push(chunk)) return;
      }
      input.end();
    }
    go();
  });
}

function encode(message: Uint8Array, isCompressed: boolean): Buffer {
  const frame = encodeMessage(isCompressed ? gzipSync(message) : message);
  frame[0] = isCompressed ? 1 : 0;
  return frame;
}

const messages = array(tuple(uint8Array({ maxLength: 50 }), boolean()), { maxLength: 6 });
const cuts = array(integer({ min: 1, max: 60 }), { minLength: 1 });

test('default: a stream comes out in order, undone, however it is cut', async () => {
  await assert(
    asyncProperty(messages, cuts, async (all, steps) => {
      const sent = Buffer.concat(
        all.map(([message, isCompressed]) => encode(message, isCompressed)),
      );
      const wanted = Buffer.concat(all.map(([message]) => encodeMessage(message)));
      expect(await write(sent, steps, true)).toEqual({ bytes: wanted, end: 'end' });
    }),
  );
});

test('default: of a request that is one message, its bytes come out', async () => {
  await assert(
    asyncProperty(uint8Array({ maxLength: 50 }), boolean(), cuts, async (message, isZip, steps) => {
      const sent = Buffer.concat([encode(message, isZip), encode(message, false)]);
      expect(await write(sent, steps, false)).toEqual({ bytes: Buffer.from(message), end: 'end' });
    }),
  );
});

test('error: a request that ends in the middle, and one without a message', async () => {
  const half = encodeMessage('hello').subarray(0, 7);
  expect((await write(half, [3], true)).end).toBe('cut off');
  expect((await write(half, [3], false)).end).toBe('cut off');
  expect((await write(Buffer.alloc(0), [1], false)).end).toBe('cut off');
  expect((await write(Buffer.alloc(0), [1], true)).end).toBe('end');
});

test('error: a message that cannot be undone ends everything', async () => {
  const broken = encodeMessage('no gzip');
  broken[0] = 1;
  const sent = Buffer.concat([broken, encodeMessage('behind')]);
  expect((await write(sent, [100], true)).end).toMatch(/incorrect header check/);
});
