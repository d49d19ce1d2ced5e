import type { ResolvedService } from '@snetkit/metadata';
import { compileProtos } from '@snetkit/protos';
import { ConfigurationService } from '@snetkit/protos/configuration';
import { ProviderControlService } from '@snetkit/protos/control';
import { Health } from '@snetkit/protos/health';
import { FreeCallStateService, PaymentChannelStateService } from '@snetkit/protos/state';
import { TokenService } from '@snetkit/protos/token';
import { Daemon } from '@snetkit/protos/training';
import type { ServiceNeeds } from '../services/health.ts';

/** What there is beside the services that every daemon has. */
export interface ServicesThere {
  /** Absent without a chain. */
  readonly service: Pick<ResolvedService, 'protoFiles'> | undefined;
  readonly hasFreeCalls: boolean;
  readonly hasTokens: boolean;
}

/**
 * The services that health tells of, each with what keeps it from serving: those of the protos behind
 * the daemon, and its own.
 */
export function listServices(there: ServicesThere): ReadonlyMap<string, ServiceNeeds> {
  const signed: ServiceNeeds = there.service === undefined ? 'absent' : ['chain', 'store'];
  return new Map<string, ServiceNeeds>([
    ...listUpstream(there.service).map((name) => [name, 'upstream'] as const),
    [PaymentChannelStateService.typeName, signed],
    [FreeCallStateService.typeName, there.hasFreeCalls ? signed : 'absent'],
    [ProviderControlService.typeName, signed],
    [TokenService.typeName, there.hasTokens ? signed : 'absent'],
    [ConfigurationService.typeName, there.service === undefined ? [] : ['chain']],
    [Daemon.typeName, 'absent'],
    [Health.typeName, []],
  ]);
}

/** Protos that do not compile are told of elsewhere. */
function listUpstream(service: ServicesThere['service']): readonly string[] {
  if (service === undefined) return [];
  try {
    return [...compileProtos(service.protoFiles)].flatMap((type) =>
      type.kind === 'service' ? [type.typeName] : [],
    );
  } catch {
    return [];
  }
}
