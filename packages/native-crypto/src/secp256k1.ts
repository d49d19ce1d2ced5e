/** What is used of the binding of libsecp256k1. */
export type Secp256k1 = Pick<
  typeof import('secp256k1'),
  'contextRandomize' | 'ecdsaRecover' | 'ecdsaSign'
>;
