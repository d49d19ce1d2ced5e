import type { DescService } from '@bufbuild/protobuf';
import type { ConnectRouter } from '@connectrpc/connect';
import { ProviderControlService } from '@snetkit/protos/control';
import { FreeCallStateService, PaymentChannelStateService } from '@snetkit/protos/state';
import { TokenService } from '@snetkit/protos/token';
import { comesLater, serviceError } from './service-error.ts';

/**
 * Services of the daemon that are registered but not there: those that the operator has not
 * configured answer as the official daemon does then (daemon.md, section 1), those that this version
 * does not have say so.
 */
export function registerNotConfigured(
  router: ConnectRouter,
  options: { isPaid: boolean; hasFreeCalls: boolean; hasTokens: boolean },
): void {
  if (!options.hasFreeCalls) registerNoFreeCalls(router);
  if (options.isPaid) {
    if (!options.hasTokens) registerLater(router, TokenService);
  } else {
    // Without a chain they answer with nothing at all, and call it a success.
    router.service(PaymentChannelStateService, { getChannelState: () => ({}) });
    router.service(ProviderControlService, {
      getListUnclaimed: () => ({}),
      getListInProgress: () => ({}),
      startClaim: () => ({}),
      startClaimForMultipleChannels: () => ({}),
    });
    router.service(TokenService, { getToken: () => ({}) });
  }
}

function registerLater(router: ConnectRouter, service: DescService): void {
  register(router, service, (name) => comesLater(`${service.typeName}/${name}`));
}

/** Every method of the service, of whatever shape, fails in the same way. */
function register(
  router: ConnectRouter,
  service: DescService,
  answer: (method: string) => Error,
): void {
  const methods: Record<string, never> = {};
  for (const { name, localName } of service.methods) {
    const method = () => {
      throw answer(name);
    };
    methods[localName] = method as never;
  }
  router.service(service, methods);
}

function registerNoFreeCalls(router: ConnectRouter): void {
  router.service(FreeCallStateService, {
    getFreeCallToken() {
      throw serviceError(
        'error in generating token because blockchain is disabled, contact service provider',
      );
    },
    getFreeCallsAvailable() {
      throw serviceError(
        'error in determining free calls because blockchain is disabled, contact service provider',
      );
    },
  });
}
