/** Training, both sides, and the options of trainable methods: training.proto and training_daemon.proto. */
export * from './gen/training_daemon_pb.ts';
export * from './gen/training_pb.ts';
