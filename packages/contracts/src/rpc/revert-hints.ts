/** What helps against the reverts of MultiPartyEscrow, Registry and token (protocol/sdk.md 5). */
const hints: Readonly<Record<string, string>> = {
  'Insufficient balance in the contract': 'deposit the missing tokens into the escrow first',
  'Insufficient balance': 'deposit the missing tokens into the escrow first',
  'Unable to transfer token to the contract': 'approve the escrow contract for the amount first',
  'ERC20: transfer amount exceeds balance': 'the account does not hold that many tokens',
  'ERC20: transfer amount exceeds allowance': 'approve the escrow contract for the amount first',
  'ERC20Pausable: token transfer while paused': 'transfers of the token are paused; wait',
  'Sender not authorized': 'send it from the account that opened the channel',
  'Invalid expiration': 'the new expiration must not be lower than the old one',
  'Claim called too early': 'wait for the block in which the channel expires',
  'Insufficient channel amount': 'claim at most the value of the channel',
  'Invalid recipient': 'send it from the account that is the recipient of the channel',
  'Invalid actual amount': 'claim at most the amount that was signed',
  'Invalid signature':
    'the signature must be that of the signer or sender, for this escrow, channel, nonce and amount',
  'org already exists': 'choose another organization id, or update the organization',
  'org does not exist': 'create the organization first, and check its id',
  'service already exists': 'update the service instead',
  'service does not exist': 'create the service first, and check its id',
  'unauthorized invocation':
    'send it from the owner (for services: or a member) of the organization',
};

/** What a person can do about a revert, when we know it. The contracts end some texts with a dot. */
export function findRevertHint(reason: string): string | undefined {
  return hints[reason.replace(/\.$/, '')];
}
