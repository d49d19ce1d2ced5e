// Loaded into a daemon before its own code: each SIGUSR2 steps the wall clock of the process, as an
// administrator or a bad time server would. The monotonic clock goes on, as it does on a real machine.
const now = Date.now;
const hours = [0, 1, -1, 26, -26];
let steps = 0;
Date.now = () => now() + (hours[steps % hours.length] ?? 0) * 3_600_000;
process.on('SIGUSR2', () => {
  steps += 1;
});

export {};
