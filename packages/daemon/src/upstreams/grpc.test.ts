import { expect, test } from 'vitest';
import { createGrpcUpstream } from './grpc.ts';

test('error: an endpoint that is no URL of a service', () => {
  for (const endpoint of ['localhost:5000', 'ftp://localhost', '']) {
    expect(() => createGrpcUpstream({ endpoint })).toThrow(
      `The endpoint of the service is not a URL of a gRPC service.
Place: service_endpoint
Expected: http://host:port or https://host:port
Found: ${endpoint}`,
    );
  }
});

test('behavior: closing what was never used', async () => {
  await createGrpcUpstream({ endpoint: 'http://localhost:5000' }).close();
});
