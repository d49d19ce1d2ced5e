import { isIPv4, isIPv6 } from 'node:net';

/**
 * Whom an IP address stands for: an IPv4 address for itself, also when it is written as one of IPv6; an
 * IPv6 address for the /64 that it lies in, because that is what one subscriber gets, and he may take
 * any address of it for each call.
 *
 * @returns undefined for what is no address
 */
export function getAddressKey(text: string): string | undefined {
  if (isIPv4(text)) return text;
  // How a socket that takes both shows an address of IPv4: worth a short way.
  if (text.startsWith('::ffff:') && isIPv4(text.slice(7))) return text.slice(7);
  if (!isIPv6(text)) return undefined;
  const groups = readGroups(text);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return formatIpv4(groups);
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight groups of 16 bits of an IPv6 address that is right. */
function readGroups(text: string): number[] {
  const [address = ''] = text.split('%', 1);
  const [before = '', after] = address.split('::');
  const head = readSide(before);
  if (after === undefined) return head;
  const tail = readSide(after);
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function readSide(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return Number.parseInt(group, 16);
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function formatIpv4(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
