export { askEtcd } from './ask-etcd.ts';
export { EtcdError, type EtcdErrorCode } from './etcd-error.ts';
export type { EtcdMember } from './etcd-member.ts';
export type { EtcdTls, StartEtcdOptions } from './etcd-options.ts';
export { findEtcd } from './find-etcd.ts';
export { type Etcd, startEtcd } from './start-etcd.ts';
