import { expect, test } from 'vitest';
import { buildRequestHeaders } from './request-headers.ts';

const own = {
  scheme: 'http',
  authority: 'localhost:5000',
  contentType: 'application/grpc+proto',
  userAgent: 'snetd',
} as const;

test('default', () => {
  const metadata = {
    'content-type': 'application/grpc',
    'user-agent': 'python',
    te: 'trailers',
    connection: 'close, X-Hop',
    'x-hop': '1',
    'proxy-authorization': 'Basic eA==',
    host: 'daemon.example',
    'grpc-timeout': '1S',
    'grpc-encoding': 'gzip',
    'snet-payment-channel-signature-bin': 'AAAA',
    'x-many': ['1', '2'],
    'snet-user-address': '0xImpostor',
  };
  const options = {
    set: { 'snet-user-address': '0xPayer' },
    drop: new Set(['snet-payment-channel-signature-bin']),
  };

  expect(
    buildRequestHeaders({ path: '/a.B/C', metadata, options }, { ...own, timeout: '900m' }),
  ).toEqual({
    ':method': 'POST',
    ':scheme': 'http',
    ':authority': 'localhost:5000',
    ':path': '/a.B/C',
    te: 'trailers',
    'content-type': 'application/grpc+proto',
    'user-agent': 'snetd',
    'grpc-timeout': '900m',
    'grpc-encoding': 'gzip',
    'x-many': ['1', '2'],
    'snet-user-address': '0xPayer',
  });
});
