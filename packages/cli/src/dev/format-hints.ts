import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Devnet } from '@snetkit/devnet';
import type { Output } from '../output/output.ts';
import { createSampleProgram } from './sample-program.ts';

/** Calls to paste into a second terminal. */
export function formatHints(
  devnet: Devnet,
  { output, as }: { readonly output: Output; readonly as: string | undefined },
): string {
  const { organizationId, serviceId, endpoint } = devnet;
  const [snet, node] = [findProgram('snet'), findProgram('node')];
  const title = (text: string) => output.style('bold', text);
  return [
    title('Calls to paste into a second terminal'),
    `  ${snet} call ${organizationId} ${serviceId} Detect '{"text": "Bonjour à tous, comment ça va ?"}'`,
    `  ${snet} channel list`,
    `  curl ${endpoint}/heartbeat`,
    '',
    title(`A program: save it here as hello.ts, run it with ${node} hello.ts`),
    '',
    createSampleProgram(devnet, as),
    '',
    output.style('dim', 'Ctrl-C ends everything.'),
  ].join('\n');
}

/** How the person in this folder starts a program: from the folder's own packages, if it is there. */
function findProgram(name: string): string {
  const local = join('node_modules', '.bin', name);
  return existsSync(local) ? `./${local}` : name;
}
