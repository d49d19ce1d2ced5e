import type { DescMethod } from '@bufbuild/protobuf';
import type { ServiceMethods } from './service-methods.ts';

/** What an upstream has to know of a method before it sends its name anywhere. */
export interface FoundMethod {
  /** Without package and service. */
  readonly name: string;
  readonly kind: DescMethod['methodKind'];
}

// A name that could be an option of a program, or a path, is none.
const pathSyntax = /^\/[\w.]+\/([A-Za-z_]\w*)$/;

/**
 * The method of a path.
 * @param methods undefined when the protos do not compile: then any name goes, and is unary
 */
export function findServiceMethod(
  path: string,
  methods: ServiceMethods | undefined,
): FoundMethod | undefined {
  if (methods === undefined) {
    const name = pathSyntax.exec(path)?.[1];
    return name === undefined ? undefined : { name, kind: 'unary' };
  }
  const method = methods.get(path);
  return method && { name: method.name, kind: method.methodKind };
}
