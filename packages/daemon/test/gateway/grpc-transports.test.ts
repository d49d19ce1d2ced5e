import { describeGrpc } from './describe-grpc.ts';
import { tlsTransport } from './tls-transport.ts';
import { webTransport } from './web-transport.ts';

describeGrpc(tlsTransport);
describeGrpc(webTransport({ isText: false }));
describeGrpc(webTransport({ isText: true }));
