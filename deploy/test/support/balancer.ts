import type { TestCertificate } from './make-certificate.ts';
import type { Server } from './start-server.ts';

/** What is in front of the daemons. */
export interface Balancer extends Server {
  readonly endpoint: string;
}

/** What a balancer is started with. */
export interface BalancerOptions {
  /** For its files. */
  readonly directory: string;
  readonly port: number;
  /** The daemons. */
  readonly hosts: readonly [string, string];
  readonly certificate: TestCertificate;
}
