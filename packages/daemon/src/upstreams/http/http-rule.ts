import { type DescMethod, getOption, hasOption, type Registry } from '@bufbuild/protobuf';

/** How a method is sent over HTTP: `google.api.HttpRule` (google/api/http.proto). */
export interface HttpRule {
  readonly pattern:
    | { readonly case: 'get' | 'put' | 'post' | 'delete' | 'patch'; readonly value: string }
    | { readonly case: 'custom'; readonly value: { readonly kind: string; readonly path: string } }
    | { readonly case: undefined; readonly value?: undefined };
  /** Field that is the body; `*` for all that is not in the path, empty for none. */
  readonly body: string;
  /** Field of the answer that the body of the response fills; empty for the whole answer. */
  readonly responseBody: string;
  readonly additionalBindings: readonly HttpRule[];
}

/** The `google.api.http` option of a method. */
export function readHttpRule(method: DescMethod, registry: Registry): HttpRule | undefined {
  const option = registry.getExtension('google.api.http');
  if (option === undefined || !hasOption(method, option)) return undefined;
  return getOption(method, option) as unknown as HttpRule;
}
