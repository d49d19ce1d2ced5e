/** Prepaid calls: the service and messages of token_service.proto. */
export * from './gen/token_service_pb.ts';
