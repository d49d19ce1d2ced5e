import { stringifyJson } from '@snetkit/core';
import { loadConfig } from '../config/load.ts';
import type { NamedFinding } from '../doctor/finding.ts';
import { listChecks } from '../doctor/list-checks.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { createWorld } from '../doctor/world.ts';
import { createScrubber } from '../observe/scrub.ts';
import type { Command } from './command.ts';
import { readSeconds } from './read-seconds.ts';

/**
 * `snetd doctor`: looks at everything that serving needs and changes nothing. A line for each finding, with
 * what to do about it. Exit code 1 when something fails, 2 for a configuration that does not fit.
 */
export const doctor: Command = {
  options: { json: { type: 'boolean' }, timeout: { type: 'string' } },
  async run({ options, env, print }) {
    const timeoutMs = readSeconds(options['timeout'], { name: '--timeout', fallback: 30 });
    const file = options['config'] as string | undefined;
    const { config, warnings } = await loadConfig({ file, env });
    const scrub = createScrubber(config);
    const over = new AbortController();
    const world = createWorld(config, { signal: over.signal });
    try {
      const findings = await runChecks(listChecks(world, { warnings }), { timeoutMs });
      const isWell = findings.every(({ status }) => status !== 'fail');
      if (options['json'] === true) print(scrub(stringifyJson({ ok: isWell, checks: findings })));
      else for (const finding of findings) print(scrub(format(finding)));
      return isWell ? 0 : 1;
    } finally {
      over.abort();
    }
  },
};

function format({ name, status, text, fix }: NamedFinding): string {
  return `${status.padEnd(4)}  ${name.padEnd(8)}  ${text}${fix === undefined ? '' : `. Fix: ${fix}`}`;
}
