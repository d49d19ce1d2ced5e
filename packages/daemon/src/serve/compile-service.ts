import type { Registry } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { compileProtos } from '@snetkit/protos';
import { listServiceMethods, type ServiceMethods } from '../upstreams/service-methods.ts';

/** The protos of a service, compiled. */
export interface ServiceProtos {
  readonly registry: Registry;
  readonly methods: ServiceMethods;
}

/** Compiles the published protos; the error when they are wrong, which is for the caller to judge. */
export function compileService(files: ReadonlyMap<string, string>): ServiceProtos | BaseError {
  try {
    const registry = compileProtos(files);
    return { registry, methods: listServiceMethods(registry) };
  } catch (cause) {
    return BaseError.from(cause);
  }
}
