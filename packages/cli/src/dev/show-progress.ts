import type { DevnetProgress, DevnetStep } from '@snetkit/devnet';
import { formatMs } from '../call/call-report.ts';
import type { Output } from '../output/output.ts';

const names: Readonly<Record<DevnetStep, string>> = {
  content: 'content store',
  chain: 'chain',
  contracts: 'contracts',
  service: 'AI service',
  publish: 'registration',
  daemon: 'daemon',
};
/** A storage URI is the longest. */
const detailWidth = 53;
const width = Math.max(...Object.values(names).map((name) => name.length));

/** Shows on standard error how the network comes up: a line for each part that is there. */
export function showProgress(output: Output): (progress: DevnetProgress) => void {
  const running = new Set<DevnetStep>();
  return ({ step, status, elapsedMs = 0, detail = '' }) => {
    if (status === 'started') running.add(step);
    else {
      running.delete(step);
      const mark = output.noteStyle('green', '✓');
      const time = output.noteStyle('dim', formatMs(elapsedMs));
      output.note(`  ${mark} ${names[step].padEnd(width)}  ${detail.padEnd(detailWidth)}  ${time}`);
    }
    output.status(`  … ${[...running].map((one) => names[one]).join(', ')}`);
  };
}
