import { describe, expect, test } from 'vitest';
import { getError } from '../test/get-error.ts';
import { compileProtos } from './compile-protos.ts';
import { findMethod } from './find-method.ts';

const registry = compileProtos(
  new Map([
    [
      'a.proto',
      `syntax = "proto3"; package pkg.one; message M {}
       service Calc { rpc add(M) returns (M); rpc only(M) returns (M); }
       service Other { rpc add(M) returns (M); }`,
    ],
    [
      'b.proto',
      `syntax = "proto3"; package pkg.two; message M {}
       service Calc { rpc add(M) returns (M); rpc mul(M) returns (M); }`,
    ],
    [
      'c.proto',
      `syntax = "proto3"; message M {}
       service Bare { rpc run(M) returns (M); rpc toString(M) returns (M); }`,
    ],
  ]),
);

const find = (name: string) => {
  const { parent, name: method } = findMethod(registry, name);
  return `${parent.typeName}/${method}`;
};

describe('findMethod', () => {
  test('default', () => {
    expect(findMethod(registry, 'pkg.one.Calc/add').input).toBe(registry.getMessage('pkg.one.M'));
  });

  test.each([
    ['/pkg.one.Calc/add', 'pkg.one.Calc/add'],
    ['pkg.two.Calc/add', 'pkg.two.Calc/add'],
    ['pkg.two.Calc.add', 'pkg.two.Calc/add'],
    ['two.Calc/add', 'pkg.two.Calc/add'],
    ['Other/add', 'pkg.one.Other/add'],
    ['/Other/add', 'pkg.one.Other/add'],
    ['Other.add', 'pkg.one.Other/add'],
    ['mul', 'pkg.two.Calc/mul'],
    ['/only', 'pkg.one.Calc/only'],
    ['Bare/run', 'Bare/run'],
    ['/Bare/run', 'Bare/run'],
    ['Bare.run', 'Bare/run'],
    ['toString', 'Bare/toString'],
  ])('args: %s is %s', (name, full) => {
    expect(find(name)).toBe(full);
  });

  test('error: a name that fits several methods', () => {
    expect(getError(() => find('Calc/add')).message).toMatchInlineSnapshot(`
      "The method name "Calc/add" is ambiguous.
      Expected: one of pkg.one.Calc/add, pkg.two.Calc/add
      Fix: Name the method in full."
    `);
    expect(getError(() => find('add')).code).toBe('PROTO_METHOD_AMBIGUOUS');
  });

  test('error: a name that fits none', () => {
    expect(getError(() => find('Calc/sub')).message).toMatchInlineSnapshot(`
      "There is no method "Calc/sub".
      Expected: one of pkg.one.Calc/add, pkg.one.Calc/only, pkg.one.Other/add, pkg.two.Calc/add, pkg.two.Calc/mul, Bare/run, Bare/toString
      Fix: Use one of the methods that the protos define."
    `);
  });

  test.each(['', '/', '.', 'alc/add', 'pkg.one.Calc', 'pkg.one.Calc/', 'Bare/run/', 'constructor'])(
    'error: %j is no method',
    (name) => {
      expect(getError(() => find(name)).code).toBe('PROTO_METHOD_UNKNOWN');
    },
  );

  test('error: protos without services', () => {
    const empty = compileProtos(new Map());
    expect(getError(() => findMethod(empty, 'a')).message).toMatchInlineSnapshot(`
      "There is no method "a".
      Expected: a service with methods
      Fix: Use one of the methods that the protos define."
    `);
  });
});
