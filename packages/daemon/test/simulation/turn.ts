let waiting: (() => void)[] = [];

/**
 * Resolves when everything that could go on without the event loop has gone on. All schedules that are
 * played at the same time share one turn of the loop: it is the dearest part of a step.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(turn);
  });
}

function turn(): void {
  const now = waiting;
  waiting = [];
  for (const go of now) go();
}
