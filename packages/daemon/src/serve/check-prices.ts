import { BaseError } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import { compileProtos } from '@snetkit/protos';

/**
 * Compares the published prices with the published protos. Prices are looked up by path, so nothing
 * here keeps the daemon from starting.
 *
 * @returns lines for the log
 */
export function checkPrices({ protoFiles, group }: ResolvedService): readonly string[] {
  let paths: ReadonlySet<string>;
  try {
    paths = listMethodPaths(protoFiles);
  } catch (cause) {
    const { place, shortMessage } = BaseError.from(cause);
    return [`the protos of the service do not compile: ${place ?? ''} ${shortMessage}`.trim()];
  }
  if (group.pricing.model === 'fixed_price') return [];
  const { methodPrices } = group.pricing;
  const unpriced = [...paths].filter((path) => !methodPrices.has(path));
  const unknown = [...methodPrices.keys()].filter((path) => !paths.has(path));
  return [
    ...unpriced.map((path) => `no price is published for ${path}; its calls are refused`),
    ...unknown.map((path) => `a price is published for ${path}, which the protos do not have`),
  ];
}

function listMethodPaths(files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const registry = compileProtos(files);
  const paths = new Set<string>();
  for (const type of registry) {
    if (type.kind !== 'service') continue;
    for (const method of type.methods) paths.add(`/${type.typeName}/${method.name}`);
  }
  return paths;
}
