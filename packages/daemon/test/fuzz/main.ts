// The command `npm run fuzz`: searches for inputs that no parser of the daemon may choke on. See
// README.md beside this file.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { keepInput, replaceCorpus } from './corpus.ts';
import { describeRun } from './describe-run.ts';
import { runTarget, type TargetRun } from './run-target.ts';
import { allTargets } from './targets/all-targets.ts';

const usage = `Usage: npm run fuzz -- [--minutes N] [--target NAME]... [--seed S] [--parallel N] [--json FILE] [--distil]

  --minutes N    for each target, fractions allowed (1)
  --target NAME  only this one; may be given again
  --seed S       of the chance, to take the same way again
  --parallel N   targets at once (2)
  --json FILE    the figures, written after each target
  --distil       puts the smallest inputs that reach all that was reached into corpus/

Targets: ${Object.keys(allTargets).join(', ')}
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string', default: `${randomInt(2 ** 31)}` },
    parallel: { type: 'string', default: '2' },
    json: { type: 'string' },
    distil: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
// A search takes what others leave.
setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
const names = values.target ?? Object.keys(allTargets);
const unknown = names.find((name) => allTargets[name] === undefined);
const minutes = readNumber('minutes', values.minutes);
const seed = readNumber('seed', values.seed);
const parallel = readNumber('parallel', values.parallel);

if (values.help) process.stdout.write(usage);
else if (unknown !== undefined) refuse(`There is no target ${unknown}.`);
else process.exitCode = await searchAll();

async function searchAll(): Promise<number> {
  const waiting = [...names];
  const runs: TargetRun[] = [];
  await Promise.all(Array.from({ length: parallel }, searchNext));
  const findings = runs.filter(({ result }) => result.finding !== undefined).length;
  const executions = runs.reduce((sum, { result }) => sum + result.executions, 0);
  process.stdout.write(
    `\n${runs.length} targets, ${minutes} minutes each, seed ${seed}: ${executions} executions, ${findings} findings\n`,
  );
  return findings === 0 ? 0 : 1;

  async function searchNext(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const run = await search(name);
      runs.push(run);
      if (values.json !== undefined) writeReport(values.json, runs);
    }
  }
}

async function search(target: string): Promise<TargetRun> {
  let told = performance.now();
  const run = await runTarget({
    target,
    seed,
    ms: minutes * 60_000,
    isDistilled: values.distil,
    onProgress({ executions, covered, kept }) {
      if (performance.now() - told < 60_000) return;
      told = performance.now();
      process.stderr.write(
        `${target}: ${executions} executions, ${covered} covered, ${kept} kept\n`,
      );
    },
  });
  const { finding } = run.result;
  process.stdout.write(`${describeRun(run)}\n`);
  if (finding !== undefined) {
    const file = keepInput('crashes', target, finding.input);
    process.stdout.write(`${finding.text}\n  ${file}\n`);
  } else if (run.distilled !== undefined) replaceCorpus(target, run.distilled);
  return run;
}

function writeReport(file: string, runs: readonly TargetRun[]): void {
  const rows = runs.map(({ target, seed: from, result: { discovered: _, finding, ...tally } }) => ({
    target,
    seed: from,
    minutes,
    ...tally,
    finding: finding?.text ?? null,
  }));
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) refuse(`--${name} takes a positive number.`);
  return value;
}

function refuse(text: string): never {
  process.stderr.write(`${text}\n\n${usage}`);
  process.exit(2);
}
