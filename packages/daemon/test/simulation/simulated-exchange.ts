import type { Exchange } from '../../src/call/exchange.ts';
import { type EndStatus, type Metadata, okStatus } from '../../src/call/status.ts';
import type { Injections } from './injections.ts';
import type { Scheduler } from './scheduler.ts';
import { SimulatedSignal } from './simulated-signal.ts';

/** What the upstream makes of a call; the slow ones take up to 1.7 s, longer than payments wait for others. */
export type UpstreamPlan =
  | 'unary'
  | 'stream'
  | 'fails'
  | 'failsLater'
  | 'slow'
  | 'slowFails'
  | 'failsAtOnce';

/** What a client knows of its call in the end; `lost`: the replica died. */
export type ClientEnd = EndStatus | 'left' | 'lost';

/** What a {@link SimulatedExchange} needs. */
export interface SimulatedExchangeOptions {
  readonly scheduler: Scheduler;
  readonly injected: Injections;
  readonly metadata: Metadata;
  readonly plan: UpstreamPlan;
  /** Whether the process that carries the call is dead. */
  isDead(): boolean;
}

/** One simulated call: its upstream, its client, and what was really handed over. */
export class SimulatedExchange implements Exchange {
  readonly head: Exchange['head'];
  readonly response: Exchange['response'];
  readonly done: Exchange['done'];
  ended: EndStatus | undefined;
  /** The first message reached the client. */
  delivered = false;
  /** Told right before the first message goes out. */
  onRelease: () => void = () => {};
  /** Told when the upstream fails after its first message. */
  onFailedLater: () => void = () => {};
  /** The upstream failed after its first message. */
  failedLater = false;
  /** How the call ended for the client, once it has. */
  clientSaw: ClientEnd | undefined;
  /** Told once how the call ended for the client. */
  readonly clientEnd: Promise<ClientEnd>;
  readonly #plan: UpstreamPlan;
  readonly #scheduler: Scheduler;
  readonly #injected: Injections;
  readonly #isDead: () => boolean;
  readonly #left = new SimulatedSignal();
  readonly #respond: (value: 'message' | 'left' | EndStatus) => void;
  readonly #finish: (value: 'left' | EndStatus) => void;
  readonly #resolveEnd: (end: ClientEnd) => void;

  constructor({ scheduler, injected, metadata, plan, isDead }: SimulatedExchangeOptions) {
    this.head = { path: '/simulated.Service/Call', metadata, peer: { address: '127.0.0.1' } };
    this.#scheduler = scheduler;
    this.#injected = injected;
    this.#plan = plan;
    this.#isDead = isDead;
    const response = Promise.withResolvers<'message' | 'left' | EndStatus>();
    const done = Promise.withResolvers<'left' | EndStatus>();
    const end = Promise.withResolvers<ClientEnd>();
    this.response = response.promise;
    this.done = done.promise;
    this.clientEnd = end.promise;
    this.#respond = response.resolve;
    this.#finish = done.resolve;
    this.#resolveEnd = end.resolve;
  }

  get left(): AbortSignal {
    return this.#left.signal;
  }

  #tell(end: ClientEnd): void {
    this.clientSaw ??= end;
    this.#resolveEnd(end);
  }

  /** The client goes away. */
  leave(): void {
    if (this.#isDead() || this.clientSaw !== undefined) return;
    this.#injected.leaves += 1;
    this.#left.abort();
    this.#respond('left');
    this.#finish('left');
    this.#tell('left');
  }

  /** The process that carries the call died. */
  lose(): void {
    this.#tell('lost');
  }

  readFirst(): Promise<'left'> {
    return Promise.resolve('left');
  }

  forward(): void {
    if (this.#plan.startsWith('slow')) {
      this.#injected.slow += 1;
      this.#scheduler.after(1_700 * this.#scheduler.random(), () => this.#answer());
    } else this.#answer();
  }

  #answer(): void {
    this.#scheduler.later(`upstream answers (${this.#plan})`, () => {
      if (this.#isDead()) return;
      if (this.#plan === 'fails' || this.#plan === 'slowFails') {
        this.ended = failure;
        this.#injected.failuresBefore += 1;
        this.#respond(failure);
        return;
      }
      this.#respond('message');
      if (this.#plan === 'unary' || this.#plan === 'slow') this.#end(okStatus);
      else if (this.#plan === 'failsAtOnce') this.#end(failure);
      else {
        const end = this.#plan === 'stream' ? okStatus : failure;
        this.#scheduler.later('upstream ends', () => this.#isDead() || this.#end(end));
      }
    });
  }

  #end(status: EndStatus): void {
    this.ended = status;
    if (status !== okStatus && !this.left.aborted) {
      this.failedLater = true;
      this.#injected.failuresAfter += 1;
      this.onFailedLater();
    }
    this.#finish(status);
  }

  release(): 'handed' | 'gone' {
    if (this.left.aborted) return 'gone';
    this.onRelease();
    this.delivered = true;
    return 'handed';
  }

  end(status: EndStatus): void {
    this.#tell(status);
  }
}

const failure: EndStatus = { code: 14, message: 'the upstream failed' };
