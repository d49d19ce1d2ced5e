import { expect, test } from 'vitest';
import { splitLine } from './split-line.ts';

const names = new Set(['call', 'channel list', 'version']);

test.each([
  [['call', 'a', 'b'], { name: 'call', words: [], rest: ['a', 'b'] }],
  [['channel', 'list', '--json'], { name: 'channel list', words: [], rest: ['--json'] }],
  [['--json', 'channel', 'list'], { name: 'channel list', words: [], rest: ['--json'] }],
  [['--version'], { name: undefined, words: [], rest: ['--version'] }],
  [['channel', '--help'], { name: undefined, words: ['channel'], rest: ['--help'] }],
  [['chanel', 'list', '-h'], { name: undefined, words: ['chanel', 'list'], rest: ['-h'] }],
  [[], { name: undefined, words: [], rest: [] }],
])('default: %s', (args, expected) => {
  expect(splitLine(args, names)).toEqual(expected);
});
