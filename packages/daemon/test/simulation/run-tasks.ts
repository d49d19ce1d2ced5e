import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Task, TaskResult } from './worker.ts';

/**
 * Gives tasks to one worker for each processor, as they come free, until there are no more or
 * `onResult` has seen enough.
 *
 * @param onResult returns `false` when no more is wanted
 */
export async function runTasks<T extends Task>(
  tasks: Iterable<T>,
  onResult: (task: T, result: TaskResult) => boolean,
): Promise<void> {
  const waiting = tasks[Symbol.iterator]();
  let isWanted = true;
  await Promise.all(Array.from({ length: availableParallelism() }, work));

  async function work(): Promise<void> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      // Most of what a schedule makes dies with it: a roomy nursery spares the collector.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
    });
    try {
      while (isWanted) {
        const { value: task, done } = waiting.next();
        if (done === true) break;
        const result = await ask(worker, task);
        isWanted = onResult(task, result) && isWanted;
      }
    } finally {
      await worker.terminate();
    }
  }
}

function ask(worker: Worker, task: Task): Promise<TaskResult> {
  return new Promise((resolve, reject) => {
    const onMessage = (result: TaskResult) => {
      worker.off('error', onError);
      resolve(result);
    };
    const onError = (error: unknown) => {
      worker.off('message', onMessage);
      reject(error);
    };
    worker.once('message', onMessage);
    worker.once('error', onError);
    worker.postMessage(task);
  });
}
