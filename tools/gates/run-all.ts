// Runs the gates and the tests, and ends with the line `N passed, N failed`. Each gate of each room
// counts as one; so does each test.
import { spawn } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const gates = ['build', 'types', 'lint', 'boundaries', 'codegen:check', 'package'];

// Plain output: it is read here, before it is shown.
const env: NodeJS.ProcessEnv = {
  ...process.env,
  NO_COLOR: '1',
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  // Its pseudo terminals have lost the end of a task before.
  NX_NATIVE_COMMAND_RUNNER: 'false',
};
delete env['FORCE_COLOR'];

/** No gate, and not all tests together, may take longer. */
const deadlineMinutes = 60;

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
}

const what = process.argv[2];
const counts: Count[] = [];
counts.push(await runGate('workspace', ['node', 'tools/gates/workspace.ts']));
for (const gate of gates) counts.push(await runTarget(gate));
if (what !== 'gates') counts.push(await runTests());
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function runGate(name: string, [program = '', ...args]: string[]): Promise<Count> {
  const { code, output } = await runProgram(program, args);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (code !== 0) process.stdout.write(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** One nx target in all rooms that have it. */
async function runTarget(target: string): Promise<Count> {
  const started = performance.now();
  const { code, output } = await runNx(target);
  const ran = new Set(matches(output, new RegExp(`^> nx run (\\S+):"?${target}"?(?:\\s|$)`, 'gm')));
  const lost = new Set(matches(output, new RegExp(`^- (\\S+):"?${target}"?$`, 'gm')));
  const failed = code === 0 ? 0 : Math.max(1, lost.size);
  const succeeded = [...ran].filter((room) => !lost.has(room)).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const rooms = `${succeeded} of ${succeeded + failed} rooms`;
  process.stdout.write(
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${target} (${rooms}, ${seconds} s)\n`,
  );
  if (failed > 0) process.stdout.write(output);
  return { passed: succeeded, failed };
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, room = '']) => room);
}

/** The tests of all rooms, counted from the reports that vitest leaves (or nx restores). */
async function runTests(): Promise<Count> {
  const pattern = '{packages,tools}/*/reports/test.json';
  const find = () =>
    globSync([pattern, '{bench,chaos,deploy,examples}/reports/test.json'], { cwd: root });
  for (const file of find()) rmSync(join(root, file));
  const { code } = await runNx('test', { isShown: true });
  let passed = 0;
  let failed = 0;
  for (const file of find()) {
    const report: TestReport = JSON.parse(readFileSync(join(root, file), 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests + report.numPendingTests;
    if (report.numFailedTests === 0) failed += report.numFailedTestSuites;
  }
  return { passed, failed: code === 0 ? failed : Math.max(1, failed) };
}

function runNx(target: string, options?: { isShown: boolean }) {
  const args = ['run-many', '-t', target, '--output-style=static', '--nxBail=false'];
  return runProgram('nx', args, options);
}

function runProgram(program: string, args: readonly string[], { isShown } = { isShown: false }) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (isShown) process.stdout.write(chunk);
      });
    }
    const overdue = setTimeout(() => {
      output += `${program} ${args.join(' ')} was ended after ${deadlineMinutes} minutes\n`;
      child.kill('SIGKILL');
    }, deadlineMinutes * 60_000);
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => {
      clearTimeout(overdue);
      resolve({ code: code ?? 1, output });
    });
  });
}
