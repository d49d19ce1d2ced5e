import type { Transport } from '@connectrpc/connect';
import type { ChainClient, Signer } from '@snetkit/contracts';

/** The service whose provider gives calls away, as its documents name it. */
export interface FreeService {
  readonly organizationId: string;
  readonly serviceId: string;
  /** Base64, exactly as the documents write it: the text is signed. */
  readonly groupId: string;
}

/** A wallet that asks a service for free calls. */
export interface FreeCaller {
  readonly chain: ChainClient;
  /** The wallet whose quota is used. */
  readonly signer: Signer;
  /** Reaches the daemon's own services, without payment. */
  readonly daemon: Transport;
  readonly service: FreeService;
  /** The user for whom a signer that the provider trusts asks. */
  readonly userId?: string | undefined;
  /** Seconds of a block; 12 when left out. */
  readonly blockSeconds?: number | undefined;
}
