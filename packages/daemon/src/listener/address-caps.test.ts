import { expect, test } from 'vitest';
import { createAddressCaps } from './address-caps.ts';

const limits = {
  maxConnectionsPerAddress: 2,
  maxStreamsPerAddress: 3,
  uncappedAddresses: [
    { address: '10.0.0.0', prefix: 8, family: 'ipv4' },
    { address: 'fd00::', prefix: 8, family: 'ipv6' },
  ],
} as const;
const none = { maxConnections: Number.POSITIVE_INFINITY, maxStreams: Number.POSITIVE_INFINITY };

test('default: an address is counted as long as it has a connection', () => {
  const caps = createAddressCaps(limits);
  const leave = [caps.connect('192.0.2.1'), caps.connect('192.0.2.1')];
  expect(caps.of('192.0.2.1')).toEqual({
    connections: 2,
    streams: 0,
    maxConnections: 2,
    maxStreams: 3,
  });
  expect(caps.of('192.0.2.2').connections).toBe(0);
  caps.of('192.0.2.1').streams = 3;
  for (const end of leave) end();
  expect(caps.of('192.0.2.1')).toMatchObject({ connections: 0, streams: 0 });
});

test('behavior: all addresses of an IPv6 network of 64 bits are one, and so are both ways to write IPv4', () => {
  const caps = createAddressCaps(limits);
  caps.connect('2001:db8::1');
  caps.connect('2001:db8:0:0:ffff::9');
  expect(caps.of('2001:db8::2').connections).toBe(2);
  expect(caps.of('2001:db8:0:1::1').connections).toBe(0);
  caps.connect('::ffff:192.0.2.1');
  expect(caps.of('192.0.2.1').connections).toBe(1);
});

test.each(['10.1.2.3', '::ffff:10.1.2.3', 'fd00::1', 'fd12::3%eth0', ''])(
  'behavior: %j has no cap',
  (address) => {
    expect(createAddressCaps(limits).of(address)).toMatchObject(none);
  },
);

test.each(['11.0.0.1', 'fe00::1'])('behavior: %j has one', (address) => {
  expect(createAddressCaps(limits).of(address)).toMatchObject({ maxConnections: 2 });
});
