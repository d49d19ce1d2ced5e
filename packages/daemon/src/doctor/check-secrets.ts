import { findSigningKey } from '../free-calls/find-signing-key.ts';
import { describeWeakSecret } from '../prepaid/token-secret.ts';
import type { Check, Finding } from './finding.ts';
import { after } from './not-before.ts';
import type { World } from './world.ts';

/** The keys of other ways to pay: prepaid and free calls. */
export function checkSecrets(world: World): Check {
  const { config } = world;
  return {
    name: 'keys',
    async run() {
      const { freeCallSignerAddress: signer } = (await after('metadata', world.service())).group;
      const { problem, key } = findSigningKey({
        privateKey: config.private_key_for_free_calls,
        signer,
      });
      const weakness = describeWeakSecret(config.token_secret_key);
      const findings: Finding[] = [];
      if (weakness !== undefined) {
        findings.push({
          status: 'warn',
          text: `prepaid calls are switched off: token_secret_key ${weakness}`,
          fix: 'Set it to a random text of at least 32 bytes, the same for all daemons of the group.',
        });
      }
      if (problem !== undefined) {
        findings.push({
          status: 'warn',
          text: problem,
          fix: 'Publish the address of the key as free_call_signer_address, or remove the key.',
        });
      }
      if (findings.length > 0) return findings;
      const free = key === undefined ? 'no key for free calls' : 'the key for free calls fits';
      return { status: 'ok', text: `token_secret_key is good, ${free}` };
    },
  };
}
