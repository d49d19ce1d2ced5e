import type { RandomSource } from '../hostile/random-source.ts';

/** What a mutation may take from. */
export interface MutateOptions {
  readonly random: RandomSource;
  readonly words: readonly Uint8Array[];
  /** Another input, to take a part of. */
  readonly other: Uint8Array;
  readonly maxBytes: number;
}

type Mutation = (input: Buffer, options: MutateOptions) => Buffer;

const numbers = [0, 1, 2, 3, 4, 5, 16, 31, 32, 63, 64, 127, 128, 253, 254, 255];
const texts = ['0', '-1', '1', '2147483648', '9007199254740993', `${2n ** 256n}`, '1e999', '0x1'];

const mutations: readonly Mutation[] = [
  function flipBit(input, { random }) {
    const at = random.below(input.length);
    input[at] = (input[at] ?? 0) ^ (1 << random.below(8));
    return input;
  },
  function setByte(input, { random }) {
    input[random.below(input.length)] = random.below(256);
    return input;
  },
  function setNumber(input, { random }) {
    const width = random.pick([1, 2, 4]);
    const value = random.pick(numbers) * random.pick([1, 1, 256, 65_536, 2 ** 24]);
    const at = random.below(Math.max(1, input.length - width));
    for (let byte = 0; byte < width && at + byte < input.length; byte += 1) {
      input[at + byte] = Math.floor(value / 256 ** (width - 1 - byte)) % 256;
    }
    return input;
  },
  function insertBytes(input, { random }) {
    return put(input, random.below(input.length + 1), random.bytes(1 + random.below(8)));
  },
  function insertWord(input, { random, words }) {
    return put(input, random.below(input.length + 1), random.pick(words));
  },
  function writeWord(input, { random, words }) {
    const word = random.pick(words);
    const at = random.below(input.length + 1);
    return Buffer.concat([input.subarray(0, at), word, input.subarray(at + word.length)]);
  },
  function remove(input, { random }) {
    const at = random.below(input.length);
    const to = at + 1 + random.below(Math.min(input.length - at, random.pick([1, 4, 16, 512])));
    return Buffer.concat([input.subarray(0, at), input.subarray(to)]);
  },
  function repeat(input, { random }) {
    const at = random.below(input.length);
    const part = input.subarray(at, at + 1 + random.below(random.pick([1, 8, 64])));
    const times = random.pick([1, 1, 2, 8, 100]);
    return put(input, at, Buffer.concat(Array.from({ length: times }, () => part)));
  },
  function cut(input, { random }) {
    return input.subarray(0, random.below(input.length));
  },
  function splice(input, { random, other }) {
    const from = random.below(other.length + 1);
    const part = other.subarray(from, from + 1 + random.below(random.pick([4, 32, 256])));
    return put(input, random.below(input.length + 1), part);
  },
  function cross(input, { random, other }) {
    const at = random.below(input.length + 1);
    return Buffer.concat([input.subarray(0, at), other.subarray(random.below(other.length + 1))]);
  },
  function changeDigits(input, { random }) {
    const found = [...input.toString('latin1').matchAll(/[0-9]+/g)];
    if (found.length === 0) return input;
    const { index, 0: digits } = random.pick(found);
    const text = Buffer.from(random.pick(texts));
    return Buffer.concat([input.subarray(0, index), text, input.subarray(index + digits.length)]);
  },
  function swapLines(input, { random }) {
    const lines = input.toString('latin1').split('\n');
    const [one, two] = [random.below(lines.length), random.below(lines.length)];
    [lines[one], lines[two]] = [lines[two] ?? '', lines[one] ?? ''];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
];

/** A changed copy of an input: one change most of the time, now and then many. */
export function mutate(input: Uint8Array, options: MutateOptions): Buffer {
  const { random, maxBytes } = options;
  let result: Buffer = Buffer.from(input);
  const changes = random.pick([1, 1, 1, 2, 2, 4, 8]);
  for (let change = 0; change < changes; change += 1) {
    if (result.length === 0) result = random.bytes(1);
    result = random.pick(mutations)(result, options).subarray(0, maxBytes);
  }
  return result;
}

function put(input: Buffer, at: number, part: Uint8Array): Buffer {
  return Buffer.concat([input.subarray(0, at), part, input.subarray(at)]);
}
