import type { DescMethod, Registry } from '@bufbuild/protobuf';
import { getPrice, type Pricing } from '@snetkit/metadata';

/** How a method streams. */
export type MethodKind = DescMethod['methodKind'];

/** A method of a service. */
export interface MethodInfo {
  /** `/package.Service/Method`. */
  readonly path: string;
  /** Full name of the service, such as `package.Service`. */
  readonly service: string;
  readonly name: string;
  readonly kind: MethodKind;
  /** Full name of the request's type. */
  readonly input: string;
  /** Fields of the request, as protobuf JSON names them. */
  readonly inputFields: readonly string[];
  /** Full name of the reply's type. */
  readonly output: string;
  /** Cogs for each call; undefined when the provider set no price for it. */
  readonly price: bigint | undefined;
}

/** The path of a method on the wire. */
export function getPath(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

/** All methods that the protos of a service define, in their order. */
export function listMethods(registry: Registry, pricing: Pricing): MethodInfo[] {
  const services = [...registry].filter((desc) => desc.kind === 'service');
  return services.flatMap(({ methods }) => methods.map((method) => describe(method, pricing)));
}

function describe(method: DescMethod, pricing: Pricing): MethodInfo {
  return {
    path: getPath(method),
    service: method.parent.typeName,
    name: method.name,
    kind: method.methodKind,
    input: method.input.typeName,
    inputFields: method.input.fields.map(({ jsonName }) => jsonName),
    output: method.output.typeName,
    price: findPrice(method, pricing),
  };
}

function findPrice(method: DescMethod, pricing: Pricing): bigint | undefined {
  if (pricing.model === 'fixed_price') return getPrice(pricing, getPath(method));
  return pricing.methodPrices.get(getPath(method));
}
