import { createHmac } from 'node:crypto';
import {
  bytesToHex,
  checksumAddress,
  encodeEscrowHeaders,
  formatFreeCallToken,
  packClaimMessage,
  packFreeCallMessage,
  packFreeCallTokenMessage,
  parseFreeCallToken,
  privateKeyToAddress,
  signMessage,
} from '@snetkit/core';
import { loadCrypto } from '@snetkit/native-crypto';
import fc from 'fast-check';
import { PaymentRefusal } from '../../../src/call/payment-refusal.ts';
import type { BlockClock } from '../../../src/chain/chain-view.ts';
import { checkFreeCall } from '../../../src/free-calls/check-request.ts';
import { FreeCallRefusal } from '../../../src/free-calls/refusal.ts';
import { createTokenMemory } from '../../../src/free-calls/token-memory.ts';
import { createAllowedUserPayment } from '../../../src/payments/allowed-user.ts';
import { createAllowedUsers } from '../../../src/payments/allowed-users.ts';
import { createPrepaidTokens } from '../../../src/prepaid/prepaid-tokens.ts';
import { accepted, demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

const now = 1_800_000_000;
const secret = 'a secret of the group, 32 bytes or more';
const terms = { organizationId: 'org', groupId: `${'A'.repeat(43)}=` };
const tokens = createPrepaidTokens({ secret, ...terms, lifetimeMinutes: 60, now: () => now });
const channelId = 42n;
const key = `0x${'11'.repeat(32)}` as const;
const wallet = privateKeyToAddress(key);
const { recovery, keccak } = await loadCrypto();
const block = 1_000n;
const freeTerms = { ...terms, serviceId: 'service', groupName: 'default_group', signer: wallet };
const mpe = `0x${'22'.repeat(20)}` as const;

const prepaid = await tokens.issue({ channelId, address: wallet });
const issued = new Set([prepaid.split('.').slice(0, 2).join('.')]);
const freeSignature = sign(
  packFreeCallTokenMessage({ ...freeTerms, address: wallet, userId: '', expirationBlock: block }),
);
const freeToken = Buffer.from(
  formatFreeCallToken({ signature: freeSignature, expirationBlock: block }),
);
const isAllowedUser = createAllowedUsers({
  allowed_user_flag: true,
  allowed_user_addresses: [wallet],
});
const allowedPayment = createAllowedUserPayment({
  isAllowedUser,
  recovery,
  keccak,
  counters: { signatureRecoveries: 0 },
});
const claim = { mpe, channelId, nonce: 0n, amount: 1n };
const claimSignature = sign(packClaimMessage(claim));
const allowedHeaders = Object.fromEntries(
  encodeEscrowHeaders({ ...claim, signature: claimSignature }).map(([name, one]) => [
    name,
    typeof one === 'string' ? one : Buffer.from(one).toString('base64'),
  ]),
);

function sign(message: Uint8Array): Uint8Array {
  return signMessage({ message, privateKey: key });
}

/** A token that somebody makes who knows the secret: its claims are anything. */
function forge(header: object, claims: unknown): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode(header)}.${encode(claims)}`;
  issued.add(text);
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const claims = fc.record(
  {
    payload: fc.constantFrom('42', 42, 43, null, {}, '1'.repeat(300)),
    orgId: fc.constantFrom('org', 'other', 1),
    groupId: fc.constantFrom(terms.groupId, '', []),
    userAddress: fc.constantFrom(wallet, wallet.toLowerCase(), 'x', 7),
    exp: fc.constantFrom(now + 60, now - 60, 1e300, -1, 'x', 0.5, null),
    nbf: fc.constantFrom(now + 60, 0, 'x'),
    iat: fc.constantFrom(now, 'x'),
  },
  { requiredKeys: ['payload', 'orgId', 'groupId', 'userAddress'] },
);
const header = fc.record({
  alg: fc.constantFrom('HS256', 'HS384', 'none', 'RS256', 1, '\ud800'),
  typ: fc.constantFrom('JWT', 1),
  crit: fc.constantFrom(undefined, ['b64'], []),
  b64: fc.constantFrom(undefined, false),
});

/**
 * What callers show to be let in, after a letter that tells which: `j` a prepaid token, `f` a
 * free-call token, `a` fields of an allowed user, one on a line.
 */
export const tokensTarget: FuzzTarget = {
  maxBytes: 4096,
  words: ['.', '_', 'eyJhbGciOiJub25lIn0', '=', '9223372036854775807', '1000', prepaid, freeToken],
  covers:
    /packages\/daemon\/src\/(prepaid|free-calls|payments)|packages\/core\/src|node_modules\/jose\//,
  inputs: fc.oneof(
    fc.constant(`j${prepaid}`).map((text) => Buffer.from(text)),
    fc.tuple(header, claims).map(([head, body]) => Buffer.from(`j${forge(head, body)}`)),
    fc
      .constantFrom(freeToken, Buffer.from('_'), Buffer.from('a_b_1'))
      .map((token) => Buffer.concat([Buffer.from('f'), token])),
    fc
      .dictionary(fc.constantFrom(...Object.keys(allowedHeaders)), fc.string(), { maxKeys: 1 })
      .map((changes) =>
        Buffer.from(
          `a${Object.entries({ ...allowedHeaders, ...changes })
            .map(([name, one]) => `${name}:${one}`)
            .join('\n')}`,
        ),
      ),
  ),
  async run(input) {
    const kind = String.fromCharCode(input[0] ?? 0);
    const rest = input.subarray(1);
    if (kind === 'j') await checkPrepaid(Buffer.from(rest).toString('utf8'));
    else if (kind === 'f') checkFree(rest);
    else await checkAllowed(Buffer.from(rest).toString('latin1'));
  },
};

async function checkPrepaid(token: string): Promise<void> {
  const verdict = await tokens.verify(token, channelId);
  if ('problem' in verdict) {
    demand(verdict.problem.length < 400, `a problem of ${verdict.problem.length} characters`);
    const isTold = token.length > 80 && verdict.problem.includes(token);
    demand(!isTold, 'a refusal tells the token');
    return;
  }
  demand(verdict.payer === wallet, `the payer ${verdict.payer}`);
  const signed = token.split('.').slice(0, 2).join('.');
  demand(issued.has(signed), 'a token is believed that nobody has signed');
}

function checkFree(token: Uint8Array): void {
  const parsed = accepted(() => parseFreeCallToken(token));
  if (parsed === undefined) return;
  const again = parseFreeCallToken(formatFreeCallToken(parsed));
  const isSame =
    again.expirationBlock === parsed.expirationBlock &&
    Buffer.from(again.signature).equals(parsed.signature);
  demand(isSame, 'a token is another one when it is put together again');
  const request = { address: wallet, userId: '', block, token, parsed };
  const message = packFreeCallMessage({ ...freeTerms, ...request });
  const signature = sign(message);
  const clock: Pick<BlockClock, 'current'> = { current: () => block };
  const options = {
    ...{ terms: freeTerms, clock: clock as BlockClock, tokens: createTokenMemory() },
    ...{ isAllowedUser, recovery, keccak },
  };
  try {
    checkFreeCall({ ...request, signature }, options, () => {});
  } catch (fault) {
    if (!(fault instanceof FreeCallRefusal)) throw fault;
    demand(fault.message.length < 400, `a refusal of ${fault.message.length} characters`);
    return;
  }
  // Another v is the same signature (27 and 0).
  const isOurs = Buffer.from(parsed.signature.subarray(0, 64)).equals(
    freeSignature.subarray(0, 64),
  );
  const isOwn = isOurs && parsed.expirationBlock === block;
  demand(isOwn, `a token is believed that nobody has signed: ${bytesToHex(token)}`);
}

async function checkAllowed(lines: string): Promise<void> {
  const metadata: Record<string, string> = {};
  for (const line of lines.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) metadata[line.slice(0, at)] = line.slice(at + 1);
  }
  const context = { admit: () => {}, price: () => 1n, signal: new AbortController().signal };
  try {
    const peer = { address: '127.0.0.1' };
    const payment = await allowedPayment.begin({ path: '/a.B/C', metadata, peer }, context);
    demand(payment.payer === checksumAddress(wallet), `the payer ${payment.payer}`);
  } catch (fault) {
    if (!(fault instanceof PaymentRefusal)) throw fault;
    demand(fault.message.length < 1_000, `a refusal of ${fault.message.length} characters`);
  }
}
