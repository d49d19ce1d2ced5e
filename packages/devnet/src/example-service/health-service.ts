import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { type Health, HealthCheckResponse_ServingStatus } from '../gen/grpc/health/v1/health_pb.ts';
import { TextService } from '../gen/text/v1/text_service_pb.ts';

const known = new Set(['', TextService.typeName]);

/** The standard health service: this process serves as long as it answers. */
export const healthService: ServiceImpl<typeof Health> = {
  check(request) {
    if (!known.has(request.service)) {
      throw new ConnectError(`unknown service ${request.service}`, Code.NotFound);
    }
    return { status: HealthCheckResponse_ServingStatus.SERVING };
  },
  async *watch(request, context) {
    const { SERVING, SERVICE_UNKNOWN } = HealthCheckResponse_ServingStatus;
    yield { status: known.has(request.service) ? SERVING : SERVICE_UNKNOWN };
    await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
  },
};
