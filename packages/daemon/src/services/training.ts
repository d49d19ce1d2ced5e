import type { ConnectRouter, ServiceImpl } from '@connectrpc/connect';
import { Daemon } from '@snetkit/protos/training';
import { trainingNotThere } from '../training/not-there.ts';
import { serviceError } from './service-error.ts';

/**
 * `training.Daemon` where there is no training: every method says so (daemon.md, section 1). Those that
 * are paid are calls, and never come here.
 */
export function registerTraining(router: ConnectRouter): void {
  const methods: Record<string, () => never> = {};
  for (const { localName } of Daemon.methods) {
    methods[localName] = () => {
      throw serviceError(trainingNotThere);
    };
  }
  router.service(Daemon, methods as Partial<ServiceImpl<typeof Daemon>>);
}
