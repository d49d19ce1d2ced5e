import { formatAmount } from '@snetkit/core';
import type { AccountBalanceInput } from '../commands/account-balance.ts';
import { toJsonAmount } from '../output/amounts.ts';
import { formatFacts } from '../output/format-facts.ts';
import { openSession } from '../session/open-session.ts';

const ether = { symbol: 'ETH', decimals: 18 };

/** Prints what the account has on the chosen network. */
export async function showBalance(input: AccountBalanceInput): Promise<void> {
  await using session = await openSession(input);
  const { engine, account } = session;
  await engine.checkChain(input.signal);
  const balances = await account.getBalances(input);
  const { token, config } = engine;
  const { output } = input;
  output.result(
    {
      network: config.network.name,
      account: account.address,
      ether: { wei: balances.ether, amount: formatAmount(balances.ether, ether) },
      wallet: toJsonAmount(balances.wallet, token),
      escrow: toJsonAmount(balances.escrow, token),
    },
    () =>
      formatFacts(
        [
          ['network', config.network.name],
          ['account', account.address],
          ['ether', formatAmount(balances.ether, ether)],
          ['wallet', formatAmount(balances.wallet, token)],
          ['escrow', formatAmount(balances.escrow, token)],
        ],
        (name) => output.style('dim', name),
      ),
  );
}
