import { checkBackend } from './check-backend.ts';
import { checkChain } from './check-chain.ts';
import { checkCrypto } from './check-crypto.ts';
import { checkPorts } from './check-ports.ts';
import { checkPublished } from './check-published.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkStore } from './check-store.ts';
import { checkTls } from './check-tls.ts';
import type { Check } from './finding.ts';
import type { World } from './world.ts';

/** Everything that serving needs, in the order in which it is told. Without a chain nobody pays. */
export function listChecks(
  world: World,
  { warnings }: { warnings: readonly string[] },
): readonly Check[] {
  const { config } = world;
  const paid = config.blockchain_enabled
    ? [...checkChain(world), ...checkPublished(world), checkStore(world), checkSecrets(world)]
    : [];
  return [
    checkConfiguration(warnings),
    ...paid,
    checkTls(config),
    checkBackend(world),
    checkCrypto,
    checkPorts(config),
  ];
}

function checkConfiguration(warnings: readonly string[]): Check {
  return {
    name: 'config',
    run: async () =>
      warnings.length === 0
        ? { status: 'ok', text: 'the configuration fits' }
        : warnings.map((text) => ({
            status: 'warn' as const,
            text,
            fix: 'See `snetd config explain KEY`.',
          })),
  };
}
