import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { RandomSource } from './random-source.ts';

const extremes = [
  0n,
  1n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
];

const texts = [
  '',
  '0x',
  `0x${'f'.repeat(40)}`,
  '__proto__',
  '../../../etc/passwd',
  "'; --",
  '\u0000',
  '\ud83d\ude00'.repeat(50),
  'x'.repeat(5_000),
  '-1',
  '1e99',
  'secret@127.0.0.1:1',
];

const lengths = [0, 1, 19, 20, 21, 31, 32, 33, 64, 65, 66, 300, 5_000];

/**
 * A message of a type as nobody sends it: fields with extreme values, of a wrong wire type, repeated,
 * unknown, or cut off in the middle.
 */
export function hostileMessage(type: DescMessage, random: RandomSource, depth = 0): Uint8Array {
  const writer = new BinaryWriter();
  for (const field of type.fields) {
    const times = random.pick([0, 1, 1, 1, 2, 7]);
    for (let time = 0; time < times; time += 1) {
      if (random.below(12) === 0) writeOther(writer, field.number, random);
      else writeField(writer, field, random, depth);
    }
  }
  if (random.below(6) === 0) writeOther(writer, 1 + random.below(2 ** 29 - 1), random);
  const bytes = writer.finish();
  return random.below(8) === 0 ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
}

function writeField(
  writer: BinaryWriter,
  field: DescField,
  random: RandomSource,
  depth: number,
): void {
  const isBytes = field.scalar === ScalarType.BYTES;
  const isText = field.scalar === ScalarType.STRING;
  if (field.message !== undefined && depth < 3) {
    const inner = hostileMessage(field.message, random, depth + 1);
    writer.tag(field.number, WireType.LengthDelimited).bytes(inner);
  } else if (isBytes || (isText && random.below(4) === 0)) {
    const bytes = random.bytes(random.pick(lengths));
    writer.tag(field.number, WireType.LengthDelimited).bytes(bytes);
  } else if (isText) {
    writer.tag(field.number, WireType.LengthDelimited).bytes(Buffer.from(random.pick(texts)));
  } else if (field.scalar !== undefined || field.enum !== undefined) {
    writer.tag(field.number, WireType.Varint).uint64(random.pick(extremes));
  } else writeOther(writer, field.number, random);
}

/** A field of whatever wire type. */
function writeOther(writer: BinaryWriter, number: number, random: RandomSource): void {
  const kind = random.below(4);
  if (kind === 0) writer.tag(number, WireType.Varint).uint64(random.pick(extremes));
  else if (kind === 1) writer.tag(number, WireType.Bit64).raw(random.bytes(8));
  else if (kind === 2) writer.tag(number, WireType.Bit32).raw(random.bytes(4));
  else writer.tag(number, WireType.LengthDelimited).bytes(random.bytes(random.pick(lengths)));
}
