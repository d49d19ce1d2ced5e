import type { PaidNetwork } from '../harness/paid-network.ts';

/** Pays calls through channels of a network. */
export interface Payer {
  /** Headers that pay the next call, knowing what was charged so far. */
  pay(): Promise<Record<string, string>>;
  /** Headers that pay so many calls at once, which all must be served. */
  payMany(calls: number): Promise<Record<string, string>[]>;
  /** Calls that were charged so far. */
  countCharged(): Promise<number>;
}

/** Calls that a channel may carry at once without an answer (`max_in_flight` of its state). */
const callsPerChannel = 64;

/** Opens a channel to pay through. */
export async function createPayer(network: PaidNetwork): Promise<Payer> {
  const { price } = network.devnet;
  const channelId = await network.openChannel();
  const charged = async () => (await network.getState(channelId)).amount;
  return {
    async pay() {
      const amount = (await charged()) + price;
      return (await network.pay({ channelId, amount })) as Record<string, string>;
    },
    async payMany(calls) {
      const all: Record<string, string>[] = [];
      while (all.length < calls) {
        const one = await network.openChannel();
        const count = Math.min(callsPerChannel, calls - all.length);
        for (let call = 1n; call <= count; call++) {
          const headers = await network.pay({ channelId: one, amount: price * call });
          all.push(headers as Record<string, string>);
        }
      }
      return all;
    },
    countCharged: async () => Number((await charged()) / price),
  };
}
