import {
  bytesToHex,
  type HashSigning,
  type Hex,
  hexToBytes,
  type SignatureRecovery,
} from '@snetkit/core';

/** Keys that are nobody's, and what they sign: one of each recovery id. Computed by `@noble/curves`. */
const samples: readonly Readonly<Record<'key' | 'hash' | 'signature' | 'address', Hex>>[] = [
  {
    key: `0x${'11'.repeat(32)}`,
    hash: '0x0395f8e3520faeea4dfef48b72711d5c57e58f207e3f82c3f5714926439e0d4a',
    signature:
      '0x649903b032ad929785dbfde092d7a071ff5f454a68ec25722d3f982a2948fbc609313ed3ce32d5d6fc753cc7cef37506fd335f044e93228c11537193e0ca1b981b',
    address: '0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a',
  },
  {
    key: `0x${'22'.repeat(32)}`,
    hash: '0xc86cc39fbb76356e2019d7ffac2a54e36a62f588a241a56ed008bf12ad1f821c',
    signature:
      '0xc76a7de294bd535c28525dff13199b4e9aff412105d511b4116390a08a9177827fbb37a7edf9acb9b0d9d9b626e6dc1c9b2bd13583a8126dd8f98f633d6932461c',
    address: '0x1563915e194d8cfba1943570603f7606a3115508',
  },
];

/**
 * Whether drivers sign and recover as they must. A binary that was built or replaced wrongly is found out
 * here, before it signs away money or lets somebody in.
 */
export function passesSelfTest(signing: HashSigning, recovery: SignatureRecovery): boolean {
  try {
    return samples.every(({ key, hash, signature, address }) => {
      const signed = signing.signHash(hexToBytes(hash), hexToBytes(key));
      const signer = recovery.recoverAddress(hexToBytes(hash), hexToBytes(signature));
      return bytesToHex(signed) === signature && bytesToHex(signer) === address;
    });
  } catch {
    return false;
  }
}
