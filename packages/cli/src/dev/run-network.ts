import { BaseError } from '@snetkit/core';
import { readDevnetDescriptor, startDevnet } from '@snetkit/devnet';
import type { DevInput } from '../commands/dev.ts';
import { getDaemonCommand } from './daemon-command.ts';
import { describeStory } from './describe-story.ts';
import { formatHints } from './format-hints.ts';
import { formatStory } from './format-story.ts';
import { makeFirstCalls } from './make-first-calls.ts';
import { writeNetworkFile } from './network-file.ts';
import { parsePorts } from './parse-ports.ts';
import { showProgress } from './show-progress.ts';
import { waitUntilEnd } from './wait-until-end.ts';

/** Runs a local network: for the first calls only, or until the person has enough. */
export async function runNetwork({ options, output, signal }: DevInput): Promise<void> {
  const ports = parsePorts(options.port ?? []);
  const as = readNetwork(options.as);
  const isOnce = options.once === true;
  await noteOther(isOnce, (text) => output.note(output.noteStyle('yellow', text)));
  const started = performance.now();
  output.note(output.noteStyle('bold', 'Starting a network on this machine'));
  const devnet = await startDevnet({
    as,
    ports,
    daemonCommand: getDaemonCommand(),
    announce: !isOnce,
    onProgress: showProgress(output),
    signal,
  });
  try {
    const startMs = Math.round(performance.now() - started);
    output.status('  … first call');
    const story = await makeFirstCalls(devnet, { startMs, signal });
    output.note('');
    output.result(describeStory(story, devnet), () => formatStory(story, output));
    if (isOnce) return;
    await writeNetworkFile(devnet);
    if (!output.isJson) output.line(`\n${formatHints(devnet, { output, as })}`);
    await waitUntilEnd(devnet, signal);
    output.note('\nStopping ...');
  } finally {
    await devnet.stop();
  }
}

function readNetwork(name: string | undefined): 'sepolia' | undefined {
  if (name === undefined || name === 'sepolia') return name;
  throw new BaseError('COMMAND_LINE_INVALID', 'The local network cannot pose as this one.', {
    place: '--as',
    expected: 'sepolia',
    found: JSON.stringify(name.slice(0, 40)),
  });
}

async function noteOther(isOnce: boolean, warn: (text: string) => void): Promise<void> {
  if (isOnce) return;
  const other = await readDevnetDescriptor();
  if (other === undefined) return;
  warn(
    `Another local network is up (process ${other.pid}); commands will find this one from now on.`,
  );
}
