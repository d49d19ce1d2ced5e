import { parentPort } from 'node:worker_threads';
import { type Exploration, explore } from './explore.ts';
import { findMutant, type MutantSearch } from './mutants/find-mutant.ts';
import { mutants } from './mutants/mutants.ts';
import { scenarios } from './scenarios.ts';

/** What the command asks of a worker. */
export type Task =
  | { readonly scenario: string; readonly firstSeed: number; readonly count: number }
  | { readonly mutant: string; readonly firstSeed: number; readonly limit: number };

/** What a worker answers. */
export type TaskResult = Exploration | MutantSearch;

// Refusals are ordinary here, and nobody looks at where they came from.
Error.stackTraceLimit = 0;

parentPort?.on('message', (task: Task) => {
  void run(task).then((result) => parentPort?.postMessage(result));
});

async function run(task: Task): Promise<TaskResult> {
  if ('mutant' in task) {
    const mutant = mutants.find(({ name }) => name === task.mutant);
    if (mutant === undefined) throw new Error(`there is no mutant ${task.mutant}`);
    return findMutant(mutant, task);
  }
  const scenario = scenarios.find(({ name }) => name === task.scenario);
  if (scenario === undefined) throw new Error(`there is no scenario ${task.scenario}`);
  return explore(scenario, task);
}
