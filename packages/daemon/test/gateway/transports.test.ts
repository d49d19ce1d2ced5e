import { grpcBackend } from './backends/grpc-backend.ts';
import { httpBackend } from './backends/http-backend.ts';
import { describeCell } from './describe-table.ts';
import { tlsTransport } from './tls-transport.ts';
import { webTransport } from './web-transport.ts';

const web = [webTransport({ isText: false }), webTransport({ isText: true })];

for (const transport of [tlsTransport, ...web]) describeCell(transport, grpcBackend);
// What the upstream does is the same for all transports: one other kind shows that it is.
for (const transport of web) describeCell(transport, httpBackend);
