import type { ConnectRouter } from '@connectrpc/connect';
import {
  ConfigurationService,
  StatusResponse_Status as Status,
} from '@snetkit/protos/configuration';
import type { Config } from '../config/schema.ts';
import type { UsedRequest } from '../group/control.ts';
import type { Logger } from '../observe/logger.ts';
import { type AuthorizeOptions, authorizeOperator } from './configuration/authorize-operator.ts';
import { describeConfiguration } from './configuration/describe-configuration.ts';
import { describeSchema } from './configuration/describe-schema.ts';
import { createRuntimeSettings } from './configuration/runtime-settings.ts';
import { type GroupSwitch, switchGroup } from './configuration/switch-group.ts';
import { updateConfiguration } from './configuration/update-configuration.ts';
import { addUsed, isUsed, usedError } from './configuration/used-requests.ts';
import { serviceError } from './service-error.ts';

/** What {@link registerConfiguration} works with. */
export interface ConfigurationOptions extends AuthorizeOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Whether calls are refused now. */
  readonly stopSwitch: { readonly isStopped: boolean };
  /** Absent without a chain: the signatures of operators never grow old then, and nothing can be switched from afar. */
  readonly group: GroupSwitch | undefined;
}

/**
 * `configuration_service.ConfigurationService` (daemon.md 1.5, 3.11): remote control for the operators
 * that `authentication_addresses` names.
 */
export function registerConfiguration(router: ConnectRouter, options: ConfigurationOptions): void {
  const { log, stopSwitch } = options;
  const settings = createRuntimeSettings({ log });
  const schema = describeSchema(settings);
  let config = options.config;
  let updates: readonly UsedRequest[] = [];

  const describe = () => ({ currentConfiguration: describeConfiguration(config), schema });
  const tell = (isStopped: boolean) => ({
    currentProcessingStatus: isStopped
      ? Status.HAS_STOPPED_PROCESSING_REQUESTS
      : Status.REQUEST_IN_PROGRESS,
  });

  async function move(request: UsedRequest, isStopped: boolean) {
    const control = await switchGroup(needChain(options.group), { request, isStopped });
    log.warn(
      { event: 'operator', method: request.method, operator: request.signer },
      'An operator moved the stop switch of the group',
    );
    return tell(control.isStopped);
  }

  router.service(ConfigurationService, {
    getConfiguration({ auth }) {
      authorizeOperator('GetConfiguration', auth, options);
      return describe();
    },
    updateConfiguration({ auth, updatedConfiguration }) {
      const request = authorizeOperator('UpdateConfiguration', auth, options);
      needChain(options.group);
      // Only this replica changes, so only it remembers.
      if (isUsed(updates, request)) throw usedError();
      config = updateConfiguration(updatedConfiguration, { config, settings });
      updates = addUsed(updates, request);
      const names = Object.keys(updatedConfiguration);
      log.warn(
        { event: 'operator', operator: request.signer, names },
        'An operator changed settings',
      );
      return describe();
    },
    stopProcessingRequests: async ({ auth }) =>
      move(authorizeOperator('StopProcessingRequests', auth, options), true),
    startProcessingRequests: async ({ auth }) =>
      move(authorizeOperator('StartProcessingRequests', auth, options), false),
    isDaemonProcessingRequests({ auth }) {
      authorizeOperator('IsDaemonProcessingRequests', auth, options);
      return tell(stopSwitch.isStopped);
    },
  });
}

function needChain(group: GroupSwitch | undefined): GroupSwitch {
  if (group !== undefined) return group;
  throw serviceError(
    'blockchain is disabled: nobody can tell how old a signature is, so it changes nothing; stop or configure the process itself',
  );
}
