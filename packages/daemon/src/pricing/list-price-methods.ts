import { getOption } from '@bufbuild/protobuf';
import { my_method_option } from '@snetkit/protos/pricing';
import type { ServiceMethods } from '../upstreams/service-methods.ts';

/** Methods whose price another method tells: path to path (daemon.md 8.1). */
export type PriceMethods = ReadonlyMap<string, string>;

/** Reads the option `(pricing.my_method_option).estimatePriceMethod` of all methods, of all files. */
export function listPriceMethods(methods: ServiceMethods): PriceMethods {
  const found = new Map<string, string>();
  for (const [path, method] of methods) {
    const { estimatePriceMethod: name } = getOption(method, my_method_option);
    if (name !== '') found.set(path, name.startsWith('/') ? name : `/${name}`);
  }
  return found;
}

/**
 * Compares them with the protos.
 * @returns lines for the log: whoever names a method wrongly gets no calls
 */
export function checkPriceMethods(
  priceMethods: PriceMethods,
  methods: ServiceMethods,
): readonly string[] {
  return [...priceMethods].flatMap(([path, name]) => {
    const priced = methods.get(path);
    const pricing = methods.get(name);
    const calls = `the price of ${path} comes from ${name}`;
    if (pricing === undefined) return [`${calls}, which the protos do not have`];
    if (pricing.methodKind !== 'unary') return [`${calls}, which is a stream`];
    if (pricing.input.typeName !== priced?.input.typeName) {
      return [`${calls}, which takes ${pricing.input.typeName} and not ${priced?.input.typeName}`];
    }
    if (pricing.output.typeName === 'pricing.PriceInCogs') return [];
    return [`${calls}, which gives ${pricing.output.typeName} and not pricing.PriceInCogs`];
  });
}
