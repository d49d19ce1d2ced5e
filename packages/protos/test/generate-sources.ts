import fc from 'fast-check';

/** A message or enum that fields may refer to. */
interface Shape {
  readonly fields: readonly Field[];
  readonly nested: readonly Shape[];
  readonly values: number;
}

interface Field {
  readonly label: '' | 'optional ' | 'repeated ';
  readonly type: string;
  readonly map: boolean;
  readonly name: string;
  readonly gap: number;
  readonly options: string;
}

const scalars = [
  'double',
  'float',
  'int32',
  'int64',
  'uint32',
  'uint64',
  'sint32',
  'sint64',
  'fixed32',
  'fixed64',
  'sfixed32',
  'sfixed64',
  'bool',
  'string',
  'bytes',
];

const field: fc.Arbitrary<Field> = fc.record({
  label: fc.constantFrom('', 'optional ', 'repeated '),
  // Types of every message: nested, outer, of the file, absolute.
  type: fc.constantFrom(...scalars, 'Shape0', 'Root', 'PACKAGE.Root', '.PACKAGE.Root', 'Kind0'),
  map: fc.boolean(),
  name: fc.stringMatching(/^[a-z_]{1,4}[A-Za-z0-9_]{0,6}$/),
  gap: fc.integer({ min: 1, max: 700 }),
  options: fc.constantFrom('', ' [deprecated = true]', ' [deprecated = false, (note) = "a\\tb"]'),
});

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    fields: fc.array(field, { maxLength: 6 }),
    nested: fc.oneof(
      { maxDepth: 3 },
      fc.constant([]),
      fc.array(tie('shape'), { minLength: 1, maxLength: 2 }),
    ),
    values: fc.integer({ min: 0, max: 3 }),
  }),
}));

/** Valid proto3 files of random content, each in its own package; always the same for one count. */
export function generateSources(count: number): Map<string, string> {
  const shapes = fc.sample(shape, { numRuns: count, seed: 20_261_121 });
  return new Map(
    shapes.map((root, index) => {
      const name = `random.p${index}`;
      const body = print('Root', root, name);
      const imports = `import "google/protobuf/descriptor.proto";
extend google.protobuf.FieldOptions { string note = ${50_000 + index}; }`;
      const text = `syntax = "proto3";\npackage ${name};\n${imports}\nmessage Shape0 {}\nenum Kind0 { K0_ZERO = 0; }\n${body}`;
      return [`random/p${index}.proto`, text];
    }),
  );
}

function print(name: string, { fields, nested, values }: Shape, packageName: string): string {
  const lines: string[] = [];
  const names = new Set<string>();
  let number = 0;
  for (const { label, type, map, gap, options, name: fieldName } of fields) {
    // Numbers make the names differ in JSON, too.
    const unique = `${fieldName}${number}x`;
    number += gap;
    if (names.has(unique)) continue;
    names.add(unique);
    const full = type.replace('PACKAGE', packageName);
    const start = map ? `map<sint64, ${full}>` : `${label}${full}`;
    lines.push(`${start} ${unique} = ${number}${options};`);
  }
  if (values > 0) {
    const list = Array.from(
      { length: values },
      (_, i) => `${name.toUpperCase()}_V${i} = ${i * 7};`,
    );
    lines.push(`enum Kind0 { ${list.join(' ')} }`);
  }
  nested.forEach((inner, index) => {
    lines.push(print(`Shape${index}`, inner, packageName));
  });
  return `message ${name} {\n${lines.join('\n')}\n}\n`;
}
