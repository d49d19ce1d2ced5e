import type { DescMethod, Registry } from '@bufbuild/protobuf';

/** The methods that the protos of a service define, by path: `/package.Service/Method`. */
export type ServiceMethods = ReadonlyMap<string, DescMethod>;

/** Lists the methods of a compiled archive. */
export function listServiceMethods(registry: Registry): ServiceMethods {
  const methods = new Map<string, DescMethod>();
  for (const type of registry) {
    if (type.kind !== 'service') continue;
    for (const method of type.methods) methods.set(`/${type.typeName}/${method.name}`, method);
  }
  return methods;
}
