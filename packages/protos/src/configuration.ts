/** Remote control of a daemon: the service and messages of configuration_service.proto. */
export * from './gen/configuration_service_pb.ts';
