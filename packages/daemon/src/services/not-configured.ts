import type { ConnectRouter } from '@connectrpc/connect';
import { ProviderControlService } from '@snetkit/protos/control';
import { FreeCallStateService, PaymentChannelStateService } from '@snetkit/protos/state';
import { TokenService } from '@snetkit/protos/token';
import { serviceError } from './service-error.ts';

/**
 * Services of the daemon that are registered but not there, because the operator has not configured
 * them: they answer as the official daemon does then (daemon.md, section 1).
 */
export function registerNotConfigured(
  router: ConnectRouter,
  options: { isPaid: boolean; hasFreeCalls: boolean },
): void {
  if (!options.hasFreeCalls) registerNoFreeCalls(router);
  if (options.isPaid) return;
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
