/** Files for TLS; clients must then show a certificate of the same authority. */
export interface EtcdTls {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** What the cluster shall be like. */
export interface StartEtcdOptions {
  /** 1 (unless given) or 3. */
  readonly members?: 1 | 3 | undefined;
  /** TLS towards clients; members talk to each other without. */
  readonly tls?: EtcdTls | undefined;
  /** Switches authentication on, with this user, who may do everything. */
  readonly user?: { readonly name: string; readonly password: string } | undefined;
  /** Bytes after which nothing more can be stored; etcd's own 2 GiB unless given. */
  readonly quotaBytes?: number | undefined;
  /** Further arguments of the program. */
  readonly args?: readonly string[] | undefined;
  /** Milliseconds until the cluster must answer; 30,000 unless given. */
  readonly timeoutMs?: number | undefined;
}
