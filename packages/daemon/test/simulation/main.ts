// The command `npm run simulate`: plays seeded schedules of the payment path and checks the invariants
// of the ledger after every step. See README.md beside this file.
import { parseArgs } from 'node:util';
import type { Exploration, Failure } from './explore.ts';
import { addInjections, noInjections } from './injections.ts';
import type { MutantSearch } from './mutants/find-mutant.ts';
import { mutants } from './mutants/mutants.ts';
import { describeFailure, describeRun, type ScenarioTally } from './report.ts';
import { runTasks } from './run-tasks.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const usage = `Usage: npm run simulate -- [--schedules N] [--seed S] [--scenario NAME] [--mutants]

  --schedules N    schedules in all, spread over the scenarios (20000)
  --seed S         first seed of each scenario (1)
  --scenario NAME  only this kind; with --schedules 1 its trace is printed
  --mutants        plant each mutant of the ledger and tell how many schedules it took to find it

Scenarios:
${scenarios.map(({ name, about }) => `  ${name.padEnd(18)} ${about}`).join('\n')}
`;

/** Schedules of one round, in which each scenario has its share. */
const round = 3_000;
/** Schedules in which each mutant must be found. */
const mutantLimit = 10_000;
const progressMs = 5_000;

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    scenario: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const schedules = readNumber('schedules', values.schedules);
const firstSeed = readNumber('seed', values.seed);
const chosen = scenarios.filter(({ name }) => (values.scenario ?? name) === name);

if (values.help) process.stdout.write(usage);
else if (chosen.length === 0) refuse(`There is no scenario ${values.scenario}.`);
else if (values.mutants) process.exitCode = await plantMutants();
else if (schedules === 1 && chosen.length === 1) process.exitCode = await showOne(chosen[0]);
else process.exitCode = await search(chosen);

async function search(kinds: readonly Scenario[]): Promise<number> {
  const started = performance.now();
  const injected = noInjections();
  const tallies = new Map<string, ScenarioTally>();
  for (const { name } of kinds) tallies.set(name, { schedules: 0, steps: 0 });
  let failure: Failure | undefined;
  let isStopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isStopped = true;
      process.stderr.write('Stopping: what was played so far is shown\n');
    });
  }
  let told = started;
  let played = 0;
  await runTasks(makeTasks(kinds), (task, result) => {
    const { schedules: count, steps, injected: more, failure: found } = result as Exploration;
    const tally = tallies.get(task.scenario);
    if (tally !== undefined) {
      tally.schedules += count;
      tally.steps += steps;
    }
    played += count;
    addInjections(injected, more);
    failure ??= found;
    const now = performance.now();
    if (now - told > progressMs) {
      told = now;
      const rate = Math.round((played / (now - started)) * 1000);
      process.stderr.write(`${played} of ${schedules} schedules, ${rate} per second\n`);
    }
    return failure === undefined && !isStopped;
  });
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`${describeRun({ tallies, injected, firstSeed, seconds, failure })}\n`);
  if (failure === undefined) return 0;
  process.stderr.write('Looking for the smallest schedule that fails so\n');
  const small = await shrink(failure);
  const scenario = kinds.find(({ name }) => name === failure?.scenario) as Scenario;
  process.stdout.write(`\n${describeFailure(failure, small, scenario)}\n`);
  return 1;
}

/** The scenarios in turns, so that a search that is stopped has seen something of each. */
function* makeTasks(kinds: readonly Scenario[]) {
  const shares = kinds.reduce((sum, { share }) => sum + share, 0);
  const left = kinds.map(({ name, share }) => ({
    scenario: name,
    count: Math.max(1, Math.round((schedules * share) / shares)),
    turn: Math.max(1, Math.round((round * share) / shares)),
    next: firstSeed,
  }));
  while (left.some(({ count }) => count > 0)) {
    for (const kind of left) {
      const count = Math.min(kind.turn, kind.count);
      if (count === 0) continue;
      yield { scenario: kind.scenario, firstSeed: kind.next, count };
      kind.next += count;
      kind.count -= count;
    }
  }
}

async function showOne(scenario: Scenario | undefined): Promise<number> {
  if (scenario === undefined) return 2;
  const options = { ...scenario.options, seed: firstSeed };
  const { faults, trace, steps } = await simulate(options, { isTraced: true });
  process.stdout.write(`${trace.join('\n')}\n\n${steps} steps\n`);
  for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}

async function plantMutants(): Promise<number> {
  const tasks = mutants.map(({ name }) => ({ mutant: name, firstSeed, limit: mutantLimit }));
  const found = new Map<string, MutantSearch>();
  await runTasks(tasks, (task, result) => {
    found.set(task.mutant, result as MutantSearch);
    process.stderr.write(`${found.size} of ${mutants.length} mutants\n`);
    return true;
  });
  process.stdout.write('schedules  scenario          mutant, and what showed it\n');
  let missed = 0;
  for (const { name } of mutants) {
    const search = found.get(name);
    if (search?.failure === undefined) missed += 1;
    const { scenario = 'NOT FOUND', faults = [] } = search?.failure ?? {};
    const count = String(search?.schedules ?? 0).padStart(9);
    process.stdout.write(`${count}  ${scenario.padEnd(16)}  ${name}\n`);
    if (faults[0] !== undefined) process.stdout.write(`${' '.repeat(29)}${faults[0]}\n`);
  }
  process.stdout.write(`\n${mutants.length - missed} of ${mutants.length} mutants found\n`);
  return missed === 0 ? 0 : 1;
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) refuse(`--${name} takes a positive whole number.`);
  return value;
}

function refuse(text: string): never {
  process.stderr.write(`${text}\n\n${usage}`);
  process.exit(2);
}
