import type { Payer } from '../admission/rate-limits.ts';
import type { Payment, PaymentType } from '../payments/payment.ts';
import type { CallWatch } from './call-watch.ts';
import type { CallHead, Exchange } from './exchange.ts';
import { PaymentRefusal } from './payment-refusal.ts';
import { type EndStatus, statusCode } from './status.ts';

/** What a price may depend on. */
export type PricedCall = Pick<Exchange, 'head' | 'left' | 'readFirst'>;

/** What the path of a call needs beside the call itself. */
export interface CallPorts {
  /** Refuses a call before anything is looked at: stop switch, rate limits. */
  admit(head: CallHead): EndStatus | undefined;
  /** Refuses a call whose payer is proved (nobody, where nobody pays), before anything is reserved. */
  admitPayer(payer: Payer | undefined): EndStatus | undefined;
  /**
   * How the call is paid.
   * @throws PaymentRefusal when `snet-payment-type` names no known type
   */
  paymentType(head: CallHead): PaymentType;
  /**
   * Cogs that the call costs. Asked when the payment has been checked, before anything is reserved.
   * @throws PaymentRefusal when there is no price for it, or none can be had
   */
  price(call: PricedCall): Promise<bigint> | bigint;
  /** Metadata that the upstream must not see: payment secrets. */
  readonly secretMetadata: ReadonlySet<string>;
  /** Watches a call from its start to its end. */
  watch?(head: CallHead): CallWatch;
  /** Told of what must never happen, and in which request. */
  onFault(fault: unknown, requestId?: string): void;
}

/**
 * The path of one call (design.md): payment.begin, upstream, the first response message held until
 * payment.commit is durable, then the rest. Who is charged for what is the table of design.md.
 */
export async function handleCall(exchange: Exchange, ports: CallPorts): Promise<void> {
  const { head } = exchange;
  const watch = ports.watch?.(head);
  const finish = (status: EndStatus) => {
    exchange.end(withTrailers(status, watch?.trailers));
    watch?.end(exchange.left.aborted ? 'left' : status);
  };
  const refused = ports.admit(head);
  if (refused !== undefined) return finish(refused);
  let payment: Payment;
  watch?.enter('payment');
  try {
    const type = ports.paymentType(head);
    payment = await type.begin(head, {
      admit(payer) {
        const limited = ports.admitPayer(payer);
        if (limited !== undefined) throw PaymentRefusal.of(limited);
      },
      price: () => ports.price(exchange),
      signal: exchange.left,
    });
    watch?.admitted(payment, type.name);
  } catch (fault) {
    return finish(statusOf(fault, ports, watch));
  }
  const paid: PaidCall = { exchange, payment, watch };
  let status: EndStatus;
  try {
    status = await carry(paid, ports);
  } catch (fault) {
    if (!(fault instanceof PaymentRefusal)) await takeBack(paid);
    status = statusOf(fault, ports, watch);
  }
  finish(status);
}

/** A call whose payment was admitted. */
interface PaidCall {
  readonly exchange: Exchange;
  readonly payment: Payment;
  readonly watch: CallWatch | undefined;
}

/** From the admitted payment to the status of the call. */
async function carry(paid: PaidCall, { secretMetadata }: CallPorts): Promise<EndStatus> {
  const { exchange, payment, watch } = paid;
  if (exchange.left.aborted) {
    payment.rollback();
    return cancelled;
  }
  watch?.enter('upstream');
  exchange.forward({
    set: { ...addressOf(payment), ...watch?.forwarded(), 'snet-daemon-debug': 'streamIntercept' },
    drop: secretMetadata,
  });
  const lost = watchOwner(payment);
  const first = await Promise.race([exchange.response, lost]);
  if (first !== 'message' && (typeof first === 'string' || first.code !== statusCode.ok)) {
    payment.rollback();
    if (first === 'lost') return fenced;
    return first === 'left' ? cancelled : first;
  }
  const failure = failedOf(exchange);
  if (failure !== undefined) {
    payment.rollback();
    return deliverUncharged(exchange, failure);
  }
  watch?.enter('commit');
  await payment.commit();
  watch?.charged();
  watch?.enter('delivery');
  return handOver(paid, lost);
}

function takeBack({ payment, watch }: PaidCall): Promise<void> {
  watch?.takenBack();
  return payment.takeBack();
}

/** Resolves when the call must end here because others may already answer for it (ledger.md, section 8). */
function watchOwner(payment: Payment): Promise<'lost'> {
  return new Promise((resolve) => payment.onLost?.(() => resolve('lost')));
}

function addressOf({ payer }: Payment): Record<string, string> {
  return payer === undefined ? {} : { 'snet-user-address': payer };
}

/** The upstream's failure, when it is in hand already. */
function failedOf({ ended }: Exchange): EndStatus | undefined {
  return ended === undefined || ended.code === statusCode.ok ? undefined : ended;
}

/** The charge is durable: give the client what it paid for, or take the charge back. */
async function handOver(paid: PaidCall, lost: Promise<'lost'>): Promise<EndStatus> {
  const { exchange, payment } = paid;
  const failure = failedOf(exchange);
  if (failure !== undefined) {
    await takeBack(paid);
    return deliverUncharged(exchange, failure);
  }
  const whole = exchange.ended;
  if (exchange.left.aborted || !payment.handOver({ streaming: whole === undefined })) {
    await takeBack(paid);
    return exchange.left.aborted ? cancelled : fenced;
  }
  if (exchange.release() === 'gone') {
    await takeBack(paid);
    return cancelled;
  }
  if (whole === undefined) return followStream(paid, lost);
  payment.settle();
  return whole;
}

/** First messages and failure are both in hand: both go out, and nothing is charged. */
async function deliverUncharged(exchange: Exchange, failure: EndStatus): Promise<EndStatus> {
  // Nobody gets answers for nothing by making the call fail himself.
  if (failure.isClients) return failure;
  if (exchange.release() === 'gone') return cancelled;
  const end = await exchange.done;
  return end === 'left' ? cancelled : end;
}

async function followStream(paid: PaidCall, lost: Promise<'lost'>): Promise<EndStatus> {
  const { exchange, payment } = paid;
  const end = await Promise.race([exchange.done, lost]);
  if (end === 'lost') return fenced;
  if (end === 'left' || end.code === statusCode.ok || end.isClients) {
    payment.settle();
    return end === 'left' ? cancelled : end;
  }
  // Taken back before the status is sent: a client that reads the state next must see it.
  await takeBack(paid);
  return end;
}

const cancelled: EndStatus = { code: statusCode.cancelled, message: 'the client left' };

const fenced: EndStatus = {
  code: statusCode.internal,
  message: 'unable to store new payment channel state',
};

function withTrailers(status: EndStatus, trailers: CallWatch['trailers']): EndStatus {
  return trailers === undefined
    ? status
    : { ...status, trailers: { ...status.trailers, ...trailers } };
}

function statusOf(fault: unknown, ports: CallPorts, watch: CallWatch | undefined): EndStatus {
  if (fault instanceof PaymentRefusal) return fault.status;
  ports.onFault(fault, watch?.requestId);
  return {
    code: statusCode.internal,
    message: 'internal error: the daemon failed to serve the call',
  };
}
