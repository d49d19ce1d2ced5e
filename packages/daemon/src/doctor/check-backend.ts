import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';
import { probeEndpoint } from '../observe/probe.ts';
import { listServiceEndpoints } from '../serve/list-service-endpoints.ts';
import type { Check, Finding } from './finding.ts';
import type { World } from './world.ts';

/** The service behind the daemon. */
export function checkBackend(world: World): Check {
  const { config } = world;
  return {
    name: 'backend',
    async run() {
      if (!config.passthrough_enabled) {
        return {
          status: 'warn',
          text: 'passthrough_enabled is false: calls are answered with their own first message',
          fix: 'Set passthrough_enabled to true, unless this is a test.',
        };
      }
      if (config.executable_path !== undefined) return checkProgram(config.executable_path);
      return Promise.all(
        listServiceEndpoints(config).map(async ({ url }): Promise<Finding> => {
          try {
            await probeEndpoint(config, url);
            return { status: 'ok', text: `${url.origin} answers` };
          } catch (cause) {
            const { shortMessage, found } = BaseError.from(cause);
            return {
              status: 'fail',
              text: `${url.origin}: ${found ?? shortMessage}`,
              fix: 'Start the service, or correct service_endpoint (and service_heartbeat_type).',
            };
          }
        }),
      );
    },
  };
}

async function checkProgram(path: string): Promise<Finding> {
  // Without a slash it is looked up in PATH when it is started.
  if (!path.includes('/')) return { status: 'ok', text: `${path} is looked up in PATH` };
  try {
    await access(path, constants.X_OK);
    return { status: 'ok', text: `${path} can be run` };
  } catch (cause) {
    return {
      status: 'fail',
      text: cause instanceof Error ? cause.message : path,
      fix: 'Set executable_path to the program, and make it executable.',
    };
  }
}
