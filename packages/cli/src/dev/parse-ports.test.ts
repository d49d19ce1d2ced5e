import { expect, test } from 'vitest';
import { parsePorts } from './parse-ports.ts';

test('default', () => {
  expect(parsePorts(['chain=8545', 'daemon=7000'])).toEqual({ chain: 8545, daemon: 7000 });
  expect(parsePorts([])).toEqual({});
});

test.each(['8545', 'chain', 'chain=0', 'chain=65536', 'web=80', 'toString=80'])(
  'error: %s',
  (text) => {
    expect(() => parsePorts([text])).toThrow(
      [
        'This is not the port of a part of the network.',
        'Place: --port',
        'Expected: chain, content, daemon, service, = and a port, such as chain=8545',
        `Found: ${JSON.stringify(text)}`,
      ].join('\n'),
    );
  },
);
