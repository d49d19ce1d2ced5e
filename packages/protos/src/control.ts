/** The provider's claims: the service and messages of control_service.proto. */
export * from './gen/control_service_pb.ts';
