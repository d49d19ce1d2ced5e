import type { DescMessage, DescMethodBiDiStreaming, DescMethodUnary } from '@bufbuild/protobuf';

/** A method of etcd that is asked once and answers once; LeaseKeepAlive is a stream only in form. */
export type EtcdMethod<I extends DescMessage, O extends DescMessage> =
  | DescMethodUnary<I, O>
  | DescMethodBiDiStreaming<I, O>;
