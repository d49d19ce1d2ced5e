/** What helps against the reverts of MultiPartyEscrow, Registry and token (protocol/sdk.md 5). */
const hints: Readonly<Record<string, string>> = {
  // MultiPartyEscrow
  'Insufficient balance in the contract': 'deposit the missing tokens into the escrow first',
  'Insufficient balance': 'deposit the missing tokens into the escrow first',
  'Unable to transfer token to the contract': 'approve the escrow contract for the amount first',
  'Unable to deposit token to the contract': 'approve the escrow contract for the amount first',
  'Sender not authorized': 'send it from the account that opened the channel',
  'Invalid expiration': 'the new expiration must not be lower than the old one',
  'Claim called too early': 'wait for the block in which the channel expires',
  'Insufficient channel amount': 'claim at most the value of the channel',
  'Invalid recipient': 'send it from the account that is the recipient of the channel',
  'Invalid actual amount': 'claim at most the amount that was signed',
  'Invalid signature':
    'the signature must be that of the signer or sender, for this escrow, channel, nonce and amount',
  'Invalid function parameters': 'pass as many ids as amounts and signatures',
  'Signature has already been used':
    'ask the sender for a new consent with another message nonce; this one has opened its channel',
  // Registry
  'org already exists': 'choose another organization id, or update the organization',
  'org does not exist': 'create the organization first, and check its id',
  'service already exists': 'update the service instead',
  'service does not exist': 'create the service first, and check its id',
  'unauthorized invocation':
    'send it from the owner (for services: or a member) of the organization',
  // Token
  'ERC20: transfer amount exceeds balance': 'the account does not hold that many tokens',
  'ERC20: transfer amount exceeds allowance': 'approve the escrow contract for the amount first',
  'ERC20: transfer to the zero address': 'name the account that shall have the tokens',
  'ERC20: approve to the zero address': 'name the account that may take the tokens',
  'ERC20: mint to the zero address': 'name the account that shall have the tokens',
  'ERC20: decreased allowance below zero': 'take away at most what is allowed',
  'ERC20: burn amount exceeds balance': 'the account does not hold that many tokens',
  'ERC20: burn amount exceeds allowance':
    'the owner has to approve the signer for the amount first',
  'ERC20Pausable: token transfer while paused': 'transfers of the token are paused; wait',
  'Pausable: paused': 'the token is paused already',
  'Pausable: not paused': 'the token is not paused',
  'signer must have minter role to mint': 'send it from an account with the minter role',
  'signer must have pauser role to pause/unpause': 'send it from an account with the pauser role',
  'ERC20PresetMinterPauser: must have minter role to mint':
    'send it from an account with the minter role',
  'ERC20PresetMinterPauser: must have pauser role to pause':
    'send it from an account with the pauser role',
  'ERC20PresetMinterPauser: must have pauser role to unpause':
    'send it from an account with the pauser role',
  'AccessControl: sender must be an admin to grant': 'send it from an account with the admin role',
  'AccessControl: sender must be an admin to revoke': 'send it from an account with the admin role',
  'AccessControl: can only renounce roles for self': 'an account can only give up roles of its own',
};

/** Functions whose only revert without a reason has one cause. */
const silent: Readonly<Record<string, string>> = {
  openChannel: 'the signer of the channel must not be the zero address',
  depositAndOpenChannel: 'the signer of the channel must not be the zero address',
};

/** What a person can do about a revert, when we know it. The contracts end some texts with a dot. */
export function findRevertHint(reason: string, functionName: string): string | undefined {
  return reason === '' ? silent[functionName] : hints[reason.replace(/\.$/, '')];
}
