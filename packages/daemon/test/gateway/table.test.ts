import { grpcBackend } from './backends/grpc-backend.ts';
import { httpBackend } from './backends/http-backend.ts';
import { jsonRpcBackend } from './backends/json-rpc-backend.ts';
import { processBackend } from './backends/process-backend.ts';
import { describeCell } from './describe-table.ts';
import { h2cTransport } from './h2c-transport.ts';

for (const backend of [grpcBackend, httpBackend, jsonRpcBackend, processBackend]) {
  describeCell(h2cTransport, backend);
}
