import { describeGrpc } from './describe-grpc.ts';
import { h2cTransport } from './h2c-transport.ts';

describeGrpc(h2cTransport);
