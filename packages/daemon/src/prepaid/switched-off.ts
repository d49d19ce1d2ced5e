/** Answer of GetToken while the daemon has no good secret, with the fix. */
export const tokensSwitchedOff =
  'prepaid calls are switched off: the provider has to set token_secret_key to a random text of at ' +
  'least 32 bytes, the same for all daemons of the group; until then pay by escrow';

/** Status text of a prepaid call then. */
export const prepaidSwitchedOff =
  'internal error: prepaid calls are switched off by the service provider, pay by escrow';
