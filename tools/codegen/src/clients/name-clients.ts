import type { DescService } from '@bufbuild/protobuf';
import { protoCamelCase } from '@bufbuild/protobuf/reflect';

/**
 * A name in code for each service: its own one in Pascal case; where several have that one, with the
 * package before it; where that is not enough, with a number behind it. The same protos give the same
 * names.
 */
export function nameClients(services: readonly DescService[]): ReadonlyMap<DescService, string> {
  const own = services.map(({ name }) => toPascalCase(name));
  const names = services.map((service, index) => {
    const name = own[index] ?? '';
    return own.filter((other) => other === name).length === 1
      ? name
      : `${toPascalCase(service.file.proto.package.replaceAll('.', '_'))}${name}`;
  });
  const taken = new Set<string>();
  const result = new Map<DescService, string>();
  services.forEach((service, index) => {
    const name = names[index] ?? '';
    let free = name;
    for (let n = 2; taken.has(free) || (free !== name && names.includes(free)); n += 1) {
      free = `${name}${n}`;
    }
    taken.add(free);
    result.set(service, free);
  });
  return result;
}

function toPascalCase(name: string): string {
  const camel = protoCamelCase(name);
  return `${camel.slice(0, 1).toUpperCase()}${camel.slice(1)}`;
}
