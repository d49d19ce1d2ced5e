import type { DescMethod, Registry } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { quote } from './invalid-proto.ts';

/**
 * Finds a method by its name: `package.Service/Method`, with or without a slash in front,
 * `Service/Method`, `Service.Method`, or `Method` when only one service has it.
 *
 * @throws BaseError `PROTO_METHOD_UNKNOWN`, `PROTO_METHOD_AMBIGUOUS`; both list what there is
 *
 * @example
 * ```ts
 * findMethod(registry, 'Calculator/add').input; // the descriptor of the request
 * ```
 */
export function findMethod(registry: Registry, name: string): DescMethod {
  const methods = listMethods(registry);
  const slash = name.startsWith('/') ? name.slice(1) : name;
  const at = slash.lastIndexOf(slash.includes('/') ? '/' : '.');
  const [service, method] = [slash.slice(0, Math.max(0, at)), slash.slice(at + 1)];
  const named = methods.filter((it) => it.name === method);
  const exact = named.filter((it) => it.parent.typeName === service);
  const loose = named.filter((it) => service === '' || it.parent.typeName.endsWith(`.${service}`));
  const found = exact.length > 0 ? exact : loose;
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    throw new BaseError('PROTO_METHOD_AMBIGUOUS', `The method name ${quote(name)} is ambiguous.`, {
      expected: `one of ${listNames(found)}`,
      hint: 'Name the method in full.',
    });
  }
  throw new BaseError('PROTO_METHOD_UNKNOWN', `There is no method ${quote(name)}.`, {
    expected: methods.length === 0 ? 'a service with methods' : `one of ${listNames(methods)}`,
    hint: 'Use one of the methods that the protos define.',
  });
}

function listMethods(registry: Registry): DescMethod[] {
  return [...registry].flatMap((desc) => (desc.kind === 'service' ? desc.methods : []));
}

function listNames(methods: readonly DescMethod[]): string {
  const names = methods.map((it) => `${it.parent.typeName}/${it.name}`);
  return names.length > 20 ? `${names.slice(0, 20).join(', ')}, ...` : names.join(', ');
}
