/** Payment channel state and free calls: the services and messages of state_service.proto. */
export * from './gen/state_service_pb.ts';
