/** Who speaks to etcd, and how it is known that it is etcd; PEM texts. */
export interface EtcdTlsOptions {
  /** Certificate of the authority that signed etcd's; the system's authorities unless given. */
  readonly ca?: string | undefined;
  /** Client certificate and its key: both or none. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** A user of etcd's own authentication. */
export interface EtcdUser {
  readonly name: string;
  readonly password: string;
}

/** How to reach an etcd cluster. */
export interface EtcdClientOptions {
  /** URLs of members, `http://host:2379`; tried in turn. */
  readonly endpoints: readonly string[];
  readonly tls?: EtcdTlsOptions | undefined;
  readonly user?: EtcdUser | undefined;
  /** Milliseconds until a connection must stand; 2,000 unless given. */
  readonly connectTimeoutMs?: number | undefined;
  /** Milliseconds until a request must be answered, all attempts together; 3,000 unless given. */
  readonly requestTimeoutMs?: number | undefined;
}
