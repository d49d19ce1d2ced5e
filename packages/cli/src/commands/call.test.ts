import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInside } from '../../test/run-inside.ts';
import { runSnet, type SnetOptions, startSnet } from '../../test/run-snet.ts';
import { type LocalNetwork, startLocalNetwork } from '../../test/start-local-network.ts';

let network: LocalNetwork;

beforeAll(async () => {
  network = await startLocalNetwork();
});

afterAll(() => network?.[Symbol.asyncDispose]());

/** Runs `snet call local text ...` in a second terminal, so to say. */
function call(args: readonly string[], options: SnetOptions = {}) {
  const { env } = network.home;
  return runSnet(['call', 'local', 'text', ...args], {
    ...options,
    env: { ...env, ...options.env },
  });
}

/** The same within this process: faster, where the launcher makes no difference. */
function callInside(args: readonly string[], options: SnetOptions = {}) {
  const { env } = network.home;
  return runInside(['call', 'local', 'text', ...args], { env, ...options });
}

const price = { cogs: '1000000000000000', amount: '0.001 FET' };

test('default', async () => {
  const fields = '{"text": "Bonjour à tous, comment ça va ?"}';
  const { code, stdout, stderr } = await call(['Detect', fields]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    detection: { language: { code: 'fr', name: 'French' }, reliable: true },
  });
  const [opened, paid] = stderr.split('\n');
  expect(opened).toMatch(/^opened channel 0 with 0\.01 FET, until block [0-9]+$/);
  expect(paid).toMatch(/^paid 0\.001 FET on channel 0, signed 0\.001 FET there, [0-9.]+ m?s$/);
});

test('behavior: --json prints one object, and nothing else', async () => {
  const { code, stdout, stderr } = await call(['Detect', '{"text": "Guten Morgen"}', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    result: { detection: expect.objectContaining({ language: { code: 'de', name: 'German' } }) },
    payment: {
      type: 'escrow',
      price,
      channelId: '0',
      nonce: '0',
      signedBefore: { cogs: '1000000000000000', amount: '0.001 FET' },
      signedAfter: { cogs: '2000000000000000', amount: '0.002 FET' },
    },
    elapsedMs: expect.any(Number),
  });
});

test('behavior: replies that stream come line by line', async () => {
  const fields = '{"texts": ["Guten Morgen", "Bonjour tout le monde"]}';
  const plain = await call(['DetectMany', fields]);
  expect(plain.code).toBe(0);
  const lines = plain.stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).index)).toEqual([0, 1]);

  const json = await callInside(['DetectMany', fields, '--json']);
  const objects = json.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(objects).toMatchObject([
    { message: { index: 0 } },
    { message: { index: 1 } },
    { payment: { price } },
  ]);
});

test('behavior: requests that stream come from a list, a file, or the lines of standard input', async () => {
  const messages = [{ text: 'One sentence. ' }, { text: 'Another one.' }];
  const lines = messages.map((message) => JSON.stringify(message)).join('\n');
  const file = join(network.home.directory, 'messages.jsonl');
  await writeFile(file, `${lines}\n`);
  const results = [
    await callInside(['Summarise', JSON.stringify(messages)]),
    await callInside(['Summarise', `@${file}`]),
    await call(['Summarise', '-'], { input: lines }),
  ];
  for (const { code, stdout } of results) {
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pieces: 2, words: '4', sentences: '2' });
  }
});

test('behavior: both sides stream', async () => {
  const input = '{"text": "Guten Tag, wie geht es?"}\n\n{"text": "Hello, how are you today?"}\n';
  const { code, stdout } = await call(['Chat', '-'], { input });
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).language.code),
  ).toEqual(['de', 'en']);
});

test('behavior: Ctrl-C ends a call, which tells what it cost, and the next one goes through', async () => {
  const fields = '{"messages": 100000, "intervalMs": 20}';
  const child = startSnet(['call', 'local', 'text', 'FailAfter', fields], network.home);
  const stderr = child.stderr === null ? '' : text(child.stderr);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(await stderr).toMatch(
    /^paid 0\.001 FET on channel 0, signed 0\.[0-9]+ FET there, [0-9.]+ m?s\n$/,
  );
  expect(await callInside(['Detect', '{"text": "Guten Morgen"}'])).toMatchObject({ code: 0 });
});

test('behavior: bytes are base64 both ways, and a file or standard input brings the fields', async () => {
  const file = join(network.home.directory, 'echo.json');
  await writeFile(file, '{"data": "AQL/"}');
  expect(JSON.parse((await callInside(['Echo', `@${file}`])).stdout)).toMatchObject({
    data: 'AQL/',
  });
  const input = '{"data": "/wIB"}';
  expect(JSON.parse((await callInside(['Echo', '-'], { input })).stdout)).toMatchObject({
    data: '/wIB',
  });
});

test('behavior: without a method, what there is and what it costs', async () => {
  const { code, stdout } = await call([]);
  expect(code).toBe(0);
  expect(stdout).toBe(
    `${[
      'method      fields                           price',
      'Detect      text                         0.001 FET',
      'DetectMany  texts                        0.001 FET  replies stream',
      'Summarise   text                         0.001 FET  requests stream',
      'Chat        text                         0.001 FET  both stream',
      'Slow        text, delayMs                0.001 FET',
      'Fail        fault                        0.001 FET',
      'FailAfter   messages, fault, intervalMs  0.001 FET  replies stream',
      'Echo        data, withMetadata           0.001 FET',
    ].join('\n')}\n`,
  );
  const { methods } = JSON.parse((await callInside(['--json'])).stdout);
  expect(methods[0]).toMatchObject({ path: '/text.v1.TextService/Detect', kind: 'unary', price });
});

test('error: the status of the service', async () => {
  const fault = '{"fault": {"code": 14, "message": "try later"}}';
  const { code, stdout, stderr } = await call(['Fail', fault]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  const last = stderr.slice(stderr.indexOf('error:'));
  expect(last).toBe(
    [
      'error: The service answered with an error. (CALL_FAILED)',
      `  place  /text.v1.TextService/Fail at ${network.devnet.endpoint}`,
      '  found  UNAVAILABLE (14): try later',
      '  fix    Read the status and its text; a call that fails before its first reply costs nothing.',
      '',
    ].join('\n'),
  );
  const json = await callInside(['Fail', fault, '--json']);
  expect(json.code).toBe(3);
  expect(JSON.parse(json.stdout)).toMatchObject({
    error: { code: 'CALL_FAILED', class: 'network', found: 'UNAVAILABLE (14): try later' },
  });
});

test('error: a stream that fails tells that it cost nothing', async () => {
  const args = ['FailAfter', '{"messages": 2, "fault": {"code": 13, "message": "broken"}}'];
  const { code, stdout, stderr } = await callInside(args);
  expect(code).toBe(3);
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  expect(stderr).toMatch(
    /^no charge, as far as is known here, [0-9.]+ m?s\nerror: The service answered with an error\. \(CALL_FAILED\)\n/,
  );
  const json = await callInside([...args, '--json']);
  const lines = json.stdout.trimEnd().split('\n');
  expect(lines.slice(2).map((line) => JSON.parse(line))).toMatchObject([
    { payment: null, elapsedMs: expect.any(Number) },
    { error: { code: 'CALL_FAILED', found: 'INTERNAL (13): broken' } },
  ]);
});

test.each([
  [
    'a price above the limit',
    ['Detect', '{}', '--max-price', '0.0001 FET'],
    5,
    'The service costs more than the limit allows. (PRICE_ABOVE_LIMIT)',
  ],
  [
    'a field that is not there',
    ['Detect', '{"txt": 1}'],
    2,
    'The message text.v1.DetectRequest has no field "txt". (FIELD_UNKNOWN)',
  ],
  [
    'a method that is not there',
    ['Detct'],
    2,
    'There is no method "Detct". (PROTO_METHOD_UNKNOWN)',
  ],
  ['no JSON', ['Detect', '{"text": '], 2, 'The request is not valid JSON. (INPUT_INVALID)'],
  ['no object', ['Detect', '[1]'], 2, 'A message is a JSON object. (FIELD_INVALID)'],
  [
    'a file that is not there',
    ['Detect', '@nothing.json'],
    2,
    'The file of the request cannot be read. (INPUT_UNREADABLE)',
  ],
  [
    'no time',
    ['Slow', '{"delayMs": 60000}', '--timeout', '1s'],
    3,
    'The call took too long. (TIMED_OUT)',
  ],
  [
    'a time that is none',
    ['Detect', '{}', '--timeout', 'soon'],
    2,
    'This is not the time that a call may take. (COMMAND_LINE_INVALID)',
  ],
  [
    'an amount that is none',
    ['Detect', '{}', '--max-price', 'much'],
    2,
    'This is not an amount. (AMOUNT_INVALID)',
  ],
  [
    'a channel that is not there',
    ['Detect', '{}', '--channel', '77'],
    5,
    'The channel is not on the chain (CHANNEL_UNKNOWN)',
  ],
  [
    'an endpoint where nobody is',
    ['Detect', '{}', '--channel', '0', '--endpoint', 'http://127.0.0.1:1'],
    3,
    'The daemon cannot be reached. (SERVICE_UNREACHABLE)',
  ],
  [
    'a group that is not there',
    ['Detect', '{}', '--group', 'x'],
    2,
    'The service has no group "x". (SERVICE_GROUP_UNKNOWN)',
  ],
] as const)('error: %s', async (_, args, exitCode, message) => {
  const { code, stdout, stderr } = await callInside(args);
  expect(stderr.split('\n').find((line) => line.startsWith('error:'))).toBe(`error: ${message}`);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
});

test('error: a private key that is none is not shown', async () => {
  const { code, stderr } = await call(['Detect'], { env: { SNET_PRIVATE_KEY: 'abcdef12345' } });
  expect(code).toBe(2);
  expect(stderr).toContain('(PRIVATE_KEY_INVALID)');
  expect(stderr).not.toContain('abcdef');
});
