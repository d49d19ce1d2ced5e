/** The health service of gRPC servers: grpc/health/v1/health.proto. */
export * from './gen/grpc/health/v1/health_pb.ts';
