/** How a call shall go, on both sides. */
export interface CallPlan {
  /** Its line in the report. */
  readonly name: string;
  /** What the service does; see `service.ts`. */
  readonly service: string;
  /** Messages of the request. */
  readonly requests: number;
  /** Sends each message only when the last was answered. */
  readonly isDialogue?: true;
  /** When the client leaves, and how: it cancels the call, or cuts its connection. */
  readonly leaves?: 'before' | 'after';
  readonly cutsConnection?: true;
  /** Milliseconds until the call runs out of time. */
  readonly timeoutMs?: number;
  /** A payment that no daemon may take. */
  readonly wrong?: 'signature' | 'amount' | 'nonce' | 'missing';
  /** Status that the client must see; undefined when it has left. */
  readonly status: number | undefined;
  /** Whether it costs its price (design.md, "The path of one paid call"). */
  readonly isCharged: boolean;
  /** How often among the others. */
  readonly share: number;
  /** Not in gRPC-web, whose clients say everything before they hear anything. */
  readonly isGrpcOnly?: true;
}

/** Statuses of a payment that is refused: any but OK. */
export const anyRefusal = -1;

/** What clients do in the long run. */
export const callPlans: readonly CallPlan[] = [
  plan('unary', { service: 'r,m,e0', share: 30 }),
  plan('server stream', { service: 'r,m,w5,m,w5,M,e0', share: 12 }),
  plan('client stream', { service: 'r,m,e0', requests: 5, share: 8 }),
  plan('dialogue', { service: 'x,e0', requests: 3, isDialogue: true, isGrpcOnly: true, share: 8 }),
  plan('service fails', { service: 'r,e13', status: 13, isCharged: false, share: 6 }),
  plan('service away', { service: 'w10,e14', status: 14, isCharged: false, share: 3 }),
  plan('service fails late', { service: 'r,m,w5,e13', status: 13, isCharged: false, share: 5 }),
  plan('cancelled before', { service: 'h', leaves: 'before', isCharged: false, share: 6 }),
  plan('cancelled after', { service: 'r,m,h', leaves: 'after', share: 6 }),
  plan('cut before', {
    ...{ service: 'h', leaves: 'before', cutsConnection: true, isCharged: false, share: 2 },
  }),
  plan('cut after', { service: 'r,m,h', leaves: 'after', cutsConnection: true, share: 2 }),
  plan('out of time', { service: 'h', timeoutMs: 30, status: 4, isCharged: false, share: 3 }),
  wrong('signature'),
  wrong('amount'),
  wrong('nonce'),
  wrong('missing'),
];

function plan(
  name: string,
  options: Pick<CallPlan, 'service' | 'share'> & Partial<CallPlan>,
): CallPlan {
  const status = options.leaves === undefined ? 0 : undefined;
  return { name, requests: 1, isCharged: true, status, ...options };
}

function wrong(what: NonNullable<CallPlan['wrong']>): CallPlan {
  const options = { service: 'r,m,e0', isCharged: false, status: anyRefusal, share: 2 };
  return plan(`wrong ${what}`, { ...options, wrong: what });
}
