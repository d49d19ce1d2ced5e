import { pause } from '../pause.ts';
import { claimFault } from './claim-fault.ts';
import type { Fault } from './fault.ts';

const poorCalls = 12;

const reorganise: Fault = {
  name: 'chain reorganised',
  weight: 2,
  poorCalls,
  // What the provider took would be taken back.
  excludes: claimFault.name,
  fits: () => true,
  async strike({ world: { chain, price }, books, random, signal }) {
    const snapshot = await chain.snapshot();
    const topUp = async () => {
      for (const { channelId } of books) await chain.addFunds(channelId, price * 400n);
    };
    await topUp();
    await pause(random.between(200, 900), signal);
    // The top-ups never happened; some time later they happen again.
    await chain.reorganise(snapshot);
    await pause(random.between(50, 600), signal);
    await topUp();
  },
};

/** What happens to the chain. */
export const chainFaults: readonly Fault[] = [reorganise];
