import { isDeepStrictEqual } from 'node:util';
import { bytesToHex, sameAddress } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import type { Config } from '../config/schema.ts';

/**
 * What newly published documents change that lasts as long as a daemon runs, because calls in flight, signed
 * payments or the way to the service depend on it.
 *
 * @returns words for the log; undefined when everything can be followed
 */
export function describeLasting(
  current: ResolvedService,
  next: ResolvedService,
  config: Pick<Config, 'enable_dynamic_pricing'>,
): string | undefined {
  const { service, group } = current;
  // Only these look into the protos; everybody else passes bytes on.
  const isBound = service.serviceType !== 'grpc' || config.enable_dynamic_pricing;
  const changes: readonly (readonly [string, boolean])[] = [
    ['group_id', bytesToHex(group.groupId) !== bytesToHex(next.group.groupId)],
    ['payment_address', !sameAddress(group.paymentAddress, next.group.paymentAddress)],
    ['service_type', service.serviceType !== next.service.serviceType],
    ['encoding', service.encoding !== next.service.encoding],
    [
      'free_call_signer_address',
      group.freeCallSignerAddress?.toLowerCase() !==
        next.group.freeCallSignerAddress?.toLowerCase(),
    ],
    ['the protos', isBound && !isDeepStrictEqual(current.protoFiles, next.protoFiles)],
  ];
  const names = changes.filter(([, isChanged]) => isChanged).map(([name]) => name);
  return names.length === 0 ? undefined : `${names.join(', ')} changed: start the daemon again`;
}
