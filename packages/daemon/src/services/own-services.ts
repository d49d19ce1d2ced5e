import type { DescService } from '@bufbuild/protobuf';
import { Code, ConnectError, createConnectRouter, type Interceptor } from '@connectrpc/connect';
import { compressionBrotli, compressionGzip } from '@connectrpc/connect-node';
import { ConfigurationService } from '@snetkit/protos/configuration';
import { ProviderControlService } from '@snetkit/protos/control';
import { Health } from '@snetkit/protos/health';
import { FreeCallStateService, PaymentChannelStateService } from '@snetkit/protos/state';
import { TokenService } from '@snetkit/protos/token';
import { Daemon } from '@snetkit/protos/training';
import type { RequestHandler } from '../listener/listener-options.ts';
import { paidTrainingMethods } from '../training/paid-methods.ts';
import { type ChannelStateOptions, getChannelState } from './channel-state.ts';
import { type ConfigurationOptions, registerConfiguration } from './configuration.ts';
import { type ControlOptions, registerControl } from './control.ts';
import {
  type FreeCallStateOptions,
  getFreeCallsAvailable,
  getFreeCallToken,
} from './free-call-state.ts';
import { handleRoutes } from './handle-routes.ts';
import { type HealthOptions, registerHealth } from './health.ts';
import { registerNotConfigured } from './not-configured.ts';
import {
  type ReflectionOptions,
  reflectionServices,
  registerReflection,
} from './reflection/register-reflection.ts';
import { getToken, type TokenOptions } from './token.ts';
import { registerTraining } from './training.ts';
import { answerUnknownMethod } from './unknown-method.ts';

/** The services that the daemon answers itself; every other path is a call of the service. */
export const ownServiceList: readonly DescService[] = [
  PaymentChannelStateService,
  FreeCallStateService,
  ProviderControlService,
  TokenService,
  ConfigurationService,
  Daemon,
  Health,
  // Answered when it is switched off, too: nobody pays for reflection.
  ...reflectionServices,
];

const ownServiceNames: ReadonlySet<string> = new Set(
  ownServiceList.map(({ typeName }) => typeName),
);

/**
 * Whether a path `/package.Service/Method` belongs to one of the daemon's own services, and is not paid:
 * what is paid goes the way of a call.
 */
export function isOwnPath(path: string): boolean {
  const [, service = ''] = path.split('/');
  return ownServiceNames.has(service) && !paidTrainingMethods.has(path);
}

/** Whether a path belongs to the health service, which only asks how the daemon is. */
export function isHealthPath(path: string): boolean {
  return path.startsWith(`/${Health.typeName}/`);
}

/** No request here needs nearly so much, and all are decoded before it is known who asks. */
const maxRequestBytes = 256 * 2 ** 10;

/** What the own services stand on. */
export interface OwnServicesOptions {
  readonly health: HealthOptions;
  /** Absent without a chain. */
  readonly channelState: ChannelStateOptions | undefined;
  /** Absent without a chain. */
  readonly control?: ControlOptions | undefined;
  readonly configuration: ConfigurationOptions;
  /** Absent where no tokens of free calls are given out. */
  readonly freeCalls?: FreeCallStateOptions | undefined;
  /** Absent without a chain. */
  readonly tokens?: TokenOptions | undefined;
  /** Absent where the services are not described. */
  readonly reflection?: ReflectionOptions | undefined;
  /** Largest message of a call, in bytes; requests here may not exceed 256 KiB either. */
  readonly maxMessageBytes: number;
  readonly counters: { serviceRequests: number };
  /** Told of failures that are nobody's wrong request. */
  onFault(fault: unknown): void;
}

/** The daemon's own services, for gRPC, gRPC-web and Connect. */
export function createOwnServices(options: OwnServicesOptions): RequestHandler {
  const { health, configuration, channelState, freeCalls, tokens, maxMessageBytes } = options;
  const router = createConnectRouter({
    readMaxBytes: Math.min(maxMessageBytes, maxRequestBytes),
    acceptCompression: [compressionGzip, compressionBrotli],
    interceptors: [guard(options)],
  });
  registerHealth(router, health);
  registerConfiguration(router, configuration);
  registerTraining(router);
  registerNotConfigured(router, {
    isPaid: channelState !== undefined,
    hasFreeCalls: freeCalls !== undefined,
  });
  if (freeCalls !== undefined) {
    router.service(FreeCallStateService, {
      getFreeCallToken: (request) => getFreeCallToken(request, freeCalls),
      getFreeCallsAvailable: (request) => getFreeCallsAvailable(request, freeCalls),
    });
  }
  if (tokens !== undefined) {
    router.service(TokenService, { getToken: (request) => getToken(request, tokens) });
  }
  if (options.control !== undefined) registerControl(router, options.control);
  if (channelState !== undefined) {
    router.service(PaymentChannelStateService, {
      getChannelState: (request) => getChannelState(request, channelState),
    });
  }
  if (options.reflection !== undefined) registerReflection(router, options.reflection);
  return handleRoutes(router, { fallback: answerUnknownMethod });
}

/** Counts, and lets nobody see the inside of a failure. */
function guard({ counters, onFault }: OwnServicesOptions): Interceptor {
  return (next) => async (request) => {
    counters.serviceRequests += 1;
    try {
      return await next(request);
    } catch (fault) {
      if (fault instanceof ConnectError) throw fault;
      onFault(fault);
      throw new ConnectError('internal error', Code.Unknown);
    }
  };
}
