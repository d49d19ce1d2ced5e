import type { ErrorClass } from './error-class.ts';

/** What the product knows about one error code. */
export interface ErrorCodeInfo {
  /** Kind of trouble; decides the exit code of a command. */
  readonly class: ErrorClass;
  /** One sentence: what happened. */
  readonly summary: string;
  /** One sentence: what a person can do about it. */
  readonly fix: string;
}

/**
 * Every error code of the product, sorted into the rooms that throw them. A code is an interface:
 * it is never renamed, and never used for anything else.
 */
export const errorCodes = {
  // --- core ---
  ABORTED: {
    class: 'internal',
    summary: 'The operation was cancelled by its caller before it ended.',
    fix: 'Nothing to fix; start the operation again if its result is still wanted.',
  },
  ADDRESS_INVALID: {
    class: 'usage',
    summary: 'A text is not an account or contract address.',
    fix: 'Give 0x and 40 hexadecimal digits; mixed case must be the EIP-55 checksum.',
  },
  AMOUNT_INVALID: {
    class: 'usage',
    summary: 'A text is not an amount of tokens, or the amount cannot be expressed in cogs.',
    fix: 'Write a plain decimal with a unit, such as "1.5 FET" or "100 cogs".',
  },
  BASE64_INVALID: {
    class: 'usage',
    summary: 'A text is not standard base64.',
    fix: 'Use the standard alphabet (A-Z a-z 0-9 + /), padded with = or not padded.',
  },
  BYTES_LENGTH_INVALID: {
    class: 'usage',
    summary: 'A byte string does not have the length that its place needs.',
    fix: 'Pass exactly the number of bytes that the message names.',
  },
  FREE_CALL_TOKEN_INVALID: {
    class: 'payment',
    summary: 'A free-call token is not a signature, an underscore and a block number.',
    fix: 'Ask the daemon for a new token with GetFreeCallToken.',
  },
  GROUP_ID_INVALID: {
    class: 'content',
    summary: 'A group id is not 32 bytes of standard base64.',
    fix: 'Copy group_id from the organization metadata: 44 characters that end with "=".',
  },
  HEADER_INVALID: {
    class: 'payment',
    summary: 'A payment header has a value that cannot be read.',
    fix: 'Send numbers as plain decimals and -bin values as bytes.',
  },
  HEADER_MISSING: {
    class: 'payment',
    summary: 'A payment header that the payment type needs is missing.',
    fix: 'Send every header that the payment type needs, once.',
  },
  HEADER_REPEATED: {
    class: 'payment',
    summary: 'A payment header that must be single was given more than once.',
    fix: 'Send the header once.',
  },
  HEX_INVALID: {
    class: 'usage',
    summary: 'A text is not hexadecimal.',
    fix: 'Give 0x and an even number of hexadecimal digits.',
  },
  ID_INVALID: {
    class: 'usage',
    summary: 'An organization or service id cannot be written to the registry.',
    fix: 'Use 1 to 32 bytes of UTF-8 text without NUL characters.',
  },
  INTERNAL: {
    class: 'internal',
    summary: 'Something failed that should not have.',
    fix: 'Report it together with the output of --json.',
  },
  JSON_INVALID: {
    class: 'content',
    summary: 'A text is not the JSON it should be, or a value cannot be written as JSON.',
    fix: 'Correct the document at the line and column that the message names.',
  },
  NETWORK_FILE_UNREADABLE: {
    class: 'config',
    summary: 'A file with custom networks cannot be read.',
    fix: 'Check the path and its permissions.',
  },
  NETWORK_INVALID: {
    class: 'config',
    summary: 'The definition of a custom network is incomplete or contradicts itself.',
    fix: 'Give a name, a chain id and at least one stand with its contract addresses.',
  },
  NETWORK_UNKNOWN: {
    class: 'config',
    summary: 'No network of the table, or no deployment on it, has that name.',
    fix: 'Name a network of the table, or define a custom one.',
  },
  NUMBER_OUT_OF_RANGE: {
    class: 'usage',
    summary: 'A number does not fit into an unsigned 256-bit integer.',
    fix: 'Pass a bigint from 0 to 2^256 - 1.',
  },
  PAYMENT_TYPE_UNEXPECTED: {
    class: 'payment',
    summary: 'The header snet-payment-type names a payment type that is not served.',
    fix: 'Send escrow, free-call, prepaid-call or train-call, or leave the header out.',
  },
  PRIVATE_KEY_INVALID: {
    class: 'usage',
    summary: 'A private key is not 32 bytes inside the range of the curve.',
    fix: 'Give 0x and 64 hexadecimal digits; the key is never shown in a message.',
  },
  SIGNATURE_INVALID: {
    class: 'payment',
    summary: 'A signature is malformed or belongs to no key.',
    fix: 'Send 65 bytes: r, s and v, where v is 0, 1, 27 or 28.',
  },
  STORAGE_URI_INVALID: {
    class: 'content',
    summary: 'A storage URI is not ipfs://<cid> or filecoin://<cid>.',
    fix: 'Publish the document again, so that the registry holds a supported URI.',
  },
  TEXT_INVALID: {
    class: 'content',
    summary: 'A byte string is not UTF-8 text.',
    fix: 'Save the document as UTF-8.',
  },
  TIMED_OUT: {
    class: 'network',
    summary: 'The operation did not end within its time limit.',
    fix: 'Check that the other side is reachable, or allow more time.',
  },

  // --- process-lock ---
  LOCK_UNAVAILABLE: {
    class: 'store',
    summary: 'The lock file of a process cannot be made or tested.',
    fix: 'Check that the directory is on a local disk, belongs to this user and has free space.',
  },

  // --- contracts ---
  CONTRACT_ARGUMENT_INVALID: {
    class: 'usage',
    summary: 'An argument of a contract function does not have the type that it needs.',
    fix: 'Pass checksummed addresses, 32-byte ids, and amounts as bigint from 0 to 2^256 - 1.',
  },
  CONTRACT_MISSING: {
    class: 'config',
    summary: 'There is no contract, or another one, at the address.',
    fix: 'Check the contract address, and that the RPC endpoint belongs to the right network.',
  },
  CONTRACT_REVERTED: {
    class: 'chain',
    summary: 'A contract refuses the call; nothing was sent.',
    fix: 'Read the reason that the contract gives.',
  },
  DERIVATION_PATH_INVALID: {
    class: 'usage',
    summary: 'A derivation path or the index of an account cannot be used.',
    fix: "Write a path such as m/44'/60'/0'/0/0, or give an index from 0 to 2147483647.",
  },
  EVENT_MISSING: {
    class: 'chain',
    summary: 'A transaction succeeded without the event that it must leave.',
    fix: 'Check that the address is that of a MultiPartyEscrow contract.',
  },
  FEE_ABOVE_LIMIT: {
    class: 'chain',
    summary: 'A transaction would cost more gas fees than the caller allows; nothing was sent.',
    fix: 'Raise the limit, or wait until the fees of the chain fall.',
  },
  FUNDS_MISSING: {
    class: 'chain',
    summary: 'An account has less ether for gas, or fewer tokens, than a transaction takes.',
    fix: 'Send what is missing to the account that the message names, or use another account.',
  },
  JOURNAL_INVALID: {
    class: 'store',
    summary: 'An entry of the journal of transactions cannot be read.',
    fix: 'Look up what the account has under way, then move the file away.',
  },
  JOURNAL_UNAVAILABLE: {
    class: 'store',
    summary: 'The journal of transactions cannot be opened, read or written.',
    fix: 'Check the directory, its owner and the free space.',
  },
  KEYSTORE_FILE_UNUSABLE: {
    class: 'store',
    summary: 'The file of a keystore cannot be read or written.',
    fix: 'Check the path and the permissions; an existing file is never overwritten.',
  },
  KEYSTORE_INVALID: {
    class: 'config',
    summary: 'A keystore is damaged, or is no Web3 secret storage of version 3.',
    fix: 'Take the file from a backup; geth, cast and the usual wallets write this format.',
  },
  KEYSTORE_PASSWORD_INVALID: {
    class: 'usage',
    summary: 'A password does not open a keystore, or is empty where a new one is written.',
    fix: 'Type the password again; if it is certainly right, the file is damaged.',
  },
  KEYSTORE_UNSUPPORTED: {
    class: 'config',
    summary:
      'A keystore uses a cipher or a key derivation that is not known, or a costlier one than allowed.',
    fix: 'Write the keystore anew with usual parameters, or raise the limit if you trust the file.',
  },
  MNEMONIC_INVALID: {
    class: 'usage',
    summary: 'A mnemonic has a wrong number of words, an unknown word, or a wrong checksum.',
    fix: 'Compare it with its source word by word; the words are never shown in a message.',
  },
  RPC_ANSWER_INVALID: {
    class: 'network',
    summary: 'The RPC endpoint answered something that cannot be read.',
    fix: 'Check that the URL is that of a JSON-RPC endpoint of Ethereum, or use another one.',
  },
  RPC_HTTP_STATUS: {
    class: 'network',
    summary: 'The RPC endpoint answered with an HTTP error.',
    fix: 'Check the API key in the URL and the state of the provider, or use another endpoint.',
  },
  RPC_RATE_LIMITED: {
    class: 'network',
    summary: 'The RPC endpoint allows no more requests for now.',
    fix: 'Wait, or use an endpoint with a higher limit.',
  },
  RPC_REFUSED: {
    class: 'network',
    summary: 'The RPC endpoint refused a request.',
    fix: 'Read the message of the endpoint; another endpoint may allow the request.',
  },
  RPC_TIMED_OUT: {
    class: 'network',
    summary: 'The RPC endpoint did not answer in time.',
    fix: 'Try again, allow more time, or use another endpoint.',
  },
  RPC_UNREACHABLE: {
    class: 'network',
    summary: 'The RPC endpoint cannot be reached.',
    fix: 'Check the URL and the connection.',
  },
  RPC_URL_INVALID: {
    class: 'config',
    summary: 'The URL of the RPC endpoint cannot be used.',
    fix: 'Give an http:// or https:// URL.',
  },
  TRANSACTION_CANCELLED: {
    class: 'chain',
    summary: 'A transaction was cancelled: an empty one of the same account took its nonce.',
    fix: 'Nothing to fix; send it again if it is still wanted.',
  },
  SIGNER_ANSWER_INVALID: {
    class: 'payment',
    summary:
      'A wallet, device or remote signer answered with something that is not the signature asked for.',
    fix: 'Check that it holds the expected account; do not use what it answered.',
  },
  SIGNER_REFUSED: {
    class: 'usage',
    summary: 'The user, or a remote signer, refused to sign.',
    fix: 'Confirm the request in the wallet or on the device, or ask for something else.',
  },
  SIGNER_UNAVAILABLE: {
    class: 'network',
    summary:
      'A device or wallet that signs is locked, not connected, or shows another application.',
    fix: 'Connect and unlock it, and open its Ethereum application.',
  },
  SIGNER_UNSUPPORTED: {
    class: 'usage',
    summary: 'A signer cannot do what was asked of it.',
    fix: 'Use another kind of signer for this.',
  },
  TRANSACTION_FAILED: {
    class: 'chain',
    summary: 'A transaction was mined and failed; its gas is spent, nothing else changed.',
    fix: 'Read the reason that the contract gives, and try again.',
  },
  TRANSACTION_KEY_REUSED: {
    class: 'usage',
    summary: 'An idempotency key was given before, for another transaction.',
    fix: 'Give each transaction a key of its own.',
  },
  TRANSACTION_NOT_REPLACEABLE: {
    class: 'chain',
    summary: 'A transaction cannot be sped up or cancelled.',
    fix: 'Only a transaction that waits, of an account that signs here, can be replaced.',
  },
  TRANSACTION_OUTCOME_UNKNOWN: {
    class: 'chain',
    summary: 'It is not known whether the RPC endpoint accepted a transaction.',
    fix: 'Look the transaction hash up before you send it again.',
  },
  TRANSACTION_REJECTED: {
    class: 'chain',
    summary: 'The RPC endpoint did not accept a signed transaction.',
    fix: 'Read its message; the account must hold ether for gas.',
  },
  TRANSACTION_REPLACED: {
    class: 'chain',
    summary: 'Another transaction of the same account took the nonce of a transaction.',
    fix: 'Look up what the other transaction did; send this one again if it is still wanted.',
  },
  TRANSACTION_TIMED_OUT: {
    class: 'chain',
    summary: 'A transaction was sent, but not mined in time.',
    fix: 'Look the transaction hash up; it may still be mined.',
  },
  WALLET_ACCOUNT_CHANGED: {
    class: 'usage',
    summary: 'A browser wallet no longer offers the account that it was connected with.',
    fix: 'Choose that account in the wallet again, or connect anew.',
  },
  WALLET_CHAIN_MISMATCH: {
    class: 'config',
    summary: 'A browser wallet is on another chain than the one that is needed.',
    fix: 'Switch the wallet to the right chain.',
  },

  // --- protos ---
  PROTO_IMPORT_MISSING: {
    class: 'content',
    summary: 'A proto file imports a file that is not there.',
    fix: 'Add the imported file to the archive, under the path that the import names.',
  },
  PROTO_INVALID: {
    class: 'content',
    summary: 'A proto source does not follow the protobuf language.',
    fix: 'Correct the source at the place that the message names; buf and protoc refuse it as well.',
  },
  PROTO_METHOD_AMBIGUOUS: {
    class: 'usage',
    summary: 'A method name fits several methods of a service.',
    fix: 'Name the method in full, as package.Service/Method.',
  },
  PROTO_METHOD_UNKNOWN: {
    class: 'usage',
    summary: 'The protos of a service have no such method.',
    fix: 'Use one of the methods that the message lists.',
  },
  PROTO_TOO_LARGE: {
    class: 'content',
    summary: 'Proto sources are larger than the limits allow.',
    fix: 'Raise the limit, if you trust where the sources came from.',
  },

  // --- metadata ---
  API_SOURCE_MISSING: {
    class: 'content',
    summary: 'A service document names no archive of protos.',
    fix: 'Publish the protos and set service_api_source to their storage URI.',
  },
  ARCHIVE_INVALID: {
    class: 'content',
    summary: 'An archive of protos is damaged, or holds something that does not belong there.',
    fix: 'Pack plain .proto files with relative names again and publish the archive.',
  },
  ARCHIVE_TOO_LARGE: {
    class: 'content',
    summary: 'An archive of protos exceeds a limit on entries or bytes.',
    fix: 'Pack only .proto files, or raise the limit if the archive is meant to be that large.',
  },
  CID_INVALID: {
    class: 'content',
    summary: 'A text is not a content identifier that can be checked.',
    fix: 'Give a CIDv0 (Qm...) or a CIDv1 of the codecs dag-pb or raw with a sha2-256 hash.',
  },
  CONTENT_INVALID: {
    class: 'content',
    summary: 'Content that matches its CID is not a well-formed UnixFS file or directory.',
    fix: 'Add the file to IPFS again with the usual tools and publish the new CID.',
  },
  CONTENT_MISMATCH: {
    class: 'content',
    summary: 'A provider answered with content that does not match its CID.',
    fix: 'Do not trust this provider; read the content from another one.',
  },
  CONTENT_NOT_FOUND: {
    class: 'content',
    summary: 'A directory in the content store has no entry of that name.',
    fix: 'Correct the path after the CID.',
  },
  CONTENT_SOURCE_INVALID: {
    class: 'config',
    summary: 'The endpoint of a content source is not an http or https URL.',
    fix: 'Give the base URL of a Kubo RPC API, such as http://127.0.0.1:5001.',
  },
  CONTENT_SOURCE_MISSING: {
    class: 'config',
    summary: 'No content source is configured for the scheme of a storage URI.',
    fix: 'Configure a source for that scheme, or publish the content on IPFS.',
  },
  CONTENT_TOO_LARGE: {
    class: 'content',
    summary: 'Content exceeds a limit on bytes, blocks or depth.',
    fix: 'Raise the limit if the content is meant to be that large.',
  },
  CONTENT_UNAVAILABLE: {
    class: 'network',
    summary: 'A provider does not deliver a block of the content.',
    fix: 'Check that the provider is reachable and has the content, or use another one.',
  },
  CONTENT_UNVERIFIABLE: {
    class: 'content',
    summary:
      'Content cannot be compared with a hash: none is known, or the source shows too little.',
    fix: 'Read it from a source of blocks, or give the hash that it must have.',
  },
  DURATION_INVALID: {
    class: 'content',
    summary: 'A text is not a duration.',
    fix: 'Write numbers with units, such as "5s", "1500ms" or "1h30m".',
  },
  METADATA_DISAGREES: {
    class: 'content',
    summary: 'The documents of a service and of its organization contradict each other.',
    fix: 'The provider has to publish both documents with the same groups.',
  },
  METADATA_EDIT_REFUSED: {
    class: 'usage',
    summary: 'A service or organization document cannot be changed in that way.',
    fix: 'Read what the message expects; the document is as it was before.',
  },
  METADATA_INVALID: {
    class: 'content',
    summary: 'A field of a service or organization document is missing or has a wrong value.',
    fix: 'The provider has to correct the document at that place and publish it again.',
  },
  METADATA_LEGACY: {
    class: 'content',
    summary: 'A service document has the layout from before organizations had documents.',
    fix: 'The provider has to convert the document to the current layout and publish it again.',
  },
  METADATA_REFERENCE_INVALID: {
    class: 'usage',
    summary: 'A text names metadata in none of the ways: a JSON file, a storage URI, a name.',
    fix: 'Give ./service.json, ipfs://<cid>, or <organization id>/<service id>.',
  },
  MPE_ADDRESS_MISMATCH: {
    class: 'content',
    summary: 'A service document names another escrow contract than the configured one.',
    fix: 'Check the network; do not pay into a contract that only the document names.',
  },
  NOT_REGISTERED: {
    class: 'usage',
    summary: 'The registry has no such organization or service.',
    fix: 'Check both ids (letter case counts) and the network.',
  },
  PIN_INVALID: {
    class: 'usage',
    summary: 'A text is not a hash that content can be compared with.',
    fix: 'Give a CID, or sha256: and 64 hexadecimal digits.',
  },
  PRICE_NOT_DEFINED: {
    class: 'content',
    summary: 'The price list of a service has no price for a method.',
    fix: 'Call a method that has a price; the provider has to list the others.',
  },
  PRICING_INVALID: {
    class: 'content',
    summary: 'The price list of a service cannot be used.',
    fix: 'The provider has to publish one default entry with a price or a price for each method.',
  },
  PUBLISH_FAILED: {
    class: 'network',
    summary: 'A content store did not take content that was to be published.',
    fix: 'Check address and credentials of the store, and that it has room.',
  },
  REGISTRY_MISSING: {
    class: 'config',
    summary: 'A name is to be looked up, but no registry is set up.',
    fix: 'Give a registry, or name documents by file or storage URI.',
  },
  SERVICE_GROUP_UNKNOWN: {
    class: 'usage',
    summary: 'A service has no group of that name.',
    fix: 'Name one of the groups that the message lists.',
  },

  // --- payments ---
  CHANNEL_BUSY: {
    class: 'payment',
    summary: 'Other calls hold a channel, and none of them ends.',
    fix: 'Wait for them, or pay on a channel of its own: the daemon takes one call at a time on each.',
  },
  CHANNEL_EMPTY: {
    class: 'payment',
    summary: 'Nothing is left in a channel that could be taken back.',
    fix: 'Nothing to fix: what was in it was claimed by the provider, or taken back already.',
  },
  CHANNEL_FUNDS: {
    class: 'payment',
    summary: 'No channel can pay for the call.',
    fix: 'Put more tokens into the wallet or the escrow, or allow a larger top-up.',
  },
  CHANNEL_MISMATCH: {
    class: 'payment',
    summary: 'A channel pays somebody else, or may not be signed for by the account.',
    fix: 'Name another channel, or none: one to the right recipient is then found or opened.',
  },
  CHANNEL_NOT_EXPIRED: {
    class: 'payment',
    summary: 'A channel has not expired: what is in it cannot be taken back yet.',
    fix: 'Wait for the block that the message names; until then the provider can claim what was signed.',
  },
  CHANNEL_UNKNOWN: {
    class: 'payment',
    summary: 'A channel is not on the chain, or none could be made ready.',
    fix: 'Check the channel id and the network; `snet channel list` shows what is yours.',
  },
  DAEMON_STATE_INVALID: {
    class: 'payment',
    summary: 'A daemon told a channel state that the chain and the own signatures do not confirm.',
    fix: 'Pay nothing more to this daemon until its provider explains it; nothing was lost by asking.',
  },
  FREE_CALLS_REFUSED: {
    class: 'payment',
    summary: 'A daemon gives a wallet no free calls.',
    fix: 'Pay for the call, or meet what the provider asks for: its words are in the message.',
  },
  FREE_CALLS_USED_UP: {
    class: 'payment',
    summary: 'The free calls that a provider gave to a wallet are used up.',
    fix: 'Pay for the call: the default strategy does so by itself.',
  },
  FUNDING_REFUSED: {
    class: 'payment',
    summary: 'A channel would need money or time that the funding policy does not allow.',
    fix: 'Raise the limit, open or top up a channel yourself, or use a signer that owns the channel.',
  },
  LEDGER_INVALID: {
    class: 'store',
    summary: 'A record of the payment ledger cannot be read.',
    fix: 'Move the file away: the state is then asked from chain and daemon again.',
  },
  LEDGER_UNAVAILABLE: {
    class: 'store',
    summary: 'The payment ledger cannot be opened or written.',
    fix: 'Check the directory, its owner and the free space.',
  },
  PAYMENT_ANSWER_LOST: {
    class: 'payment',
    summary: 'A call was paid and served, but its answer was lost on the way.',
    fix: 'Call again if the result is still wanted: it costs the price once more.',
  },
  PREPAID_REFUSED: {
    class: 'payment',
    summary: 'A daemon sells no calls beforehand, or does not take the token that it sold.',
    fix: 'Pay each call by itself: the paid strategy needs no token.',
  },
  PRICE_ABOVE_LIMIT: {
    class: 'payment',
    summary: 'A call costs more than the limit that the user set.',
    fix: 'Raise the price limit, or choose another service.',
  },
  THRESHOLD_ABOVE_LIMIT: {
    class: 'payment',
    summary: 'A service wants money locked for longer than the limit that the user set.',
    fix: 'Raise the threshold limit only if you trust the provider.',
  },

  // --- sdk ---
  ACCOUNT_EXISTS: {
    class: 'usage',
    summary: 'An engine has an account of that name already.',
    fix: 'Give the account another name.',
  },
  ACCOUNT_UNKNOWN: {
    class: 'usage',
    summary: 'An engine has no account of that name, or none at all.',
    fix: 'Add the account with addAccount before it is used.',
  },
  CALL_FAILED: {
    class: 'network',
    summary: 'A service, or the daemon before it, answered a call with an error status.',
    fix: 'Read the status and its text; a call that fails before its first reply costs nothing.',
  },
  CALL_KIND_MISMATCH: {
    class: 'usage',
    summary: 'A method streams in another way than it was called.',
    fix: 'Use the function that the message names.',
  },
  CALL_KIND_UNSUPPORTED: {
    class: 'usage',
    summary: 'A method whose requests stream was called where they cannot be sent.',
    fix: 'Call it from Node: browsers send one message for each call.',
  },
  CHANNEL_EXISTS: {
    class: 'payment',
    summary: 'The account has a channel to the payment group already.',
    fix: 'Calls top that channel up by themselves; if you need two, ask for another one (--another).',
  },
  CLIENT_CLOSED: {
    class: 'usage',
    summary: 'An engine or a service client was used after it had been closed.',
    fix: 'Close it when the last call is over, or make a new one.',
  },
  DATASET_UNSUITABLE: {
    class: 'usage',
    summary: 'A dataset is not what the service trains its models with; nothing was sent or paid.',
    fix: 'Ask training.getMethodMetadata what it takes, and change the archive accordingly.',
  },
  ENDPOINT_MISSING: {
    class: 'content',
    summary: 'A service publishes no endpoint that can be called.',
    fix: 'Give an endpoint yourself, or ask the provider to publish one.',
  },
  EXPIRATION_INVALID: {
    class: 'usage',
    summary: 'A channel would expire too early to be of use.',
    fix: 'Choose a block that lies beyond the threshold of the payment group.',
  },
  FIELD_INVALID: {
    class: 'usage',
    summary: 'A field of a request cannot hold the value that was given.',
    fix: 'Give a value of the type that the message names.',
  },
  FIELD_UNKNOWN: {
    class: 'usage',
    summary: 'A request has a field that its message type does not know.',
    fix: 'Use one of the fields that the message lists.',
  },
  MODEL_ACCESS_DENIED: {
    class: 'usage',
    summary: 'A model belongs to another account, which has not let this one use it.',
    fix: 'Use the account that made the model, or let its owner add your address with updateModel.',
  },
  MODEL_UNKNOWN: {
    class: 'usage',
    summary: 'A service has no such model, or has not named a price for it.',
    fix: 'Look the id up with training.getAllModels, and ask for the price before you pay it.',
  },
  PAYMENT_REFUSED: {
    class: 'payment',
    summary: 'A daemon refused the payment of a call.',
    fix: 'Read the text of the daemon; the channel may need funds or time, or the wrong key signs.',
  },
  SERVICE_CHANGED: {
    class: 'content',
    summary: 'The registry names other documents than those that code was generated from.',
    fix: 'Generate the client again with `snet sdk generate`, and look at what changed.',
  },
  RECEIPT_INVALID: {
    class: 'payment',
    summary: 'A receipt does not prove what it says, or holds no signature.',
    fix: 'Make calls with signedReceipts: true to get receipts that can be verified later.',
  },
  REPLY_UNREADABLE: {
    class: 'content',
    summary: 'A service answered, and was paid, with a message that cannot be read or is too long.',
    fix: 'Allow longer messages with maxMessageBytes, or ask the provider whether his protos are the right ones.',
  },
  SERVICE_ENCODING_UNSUPPORTED: {
    class: 'content',
    summary: 'A service wants its messages in an encoding that the client does not speak.',
    fix: 'Ask the provider to publish the service with the encoding proto or json.',
  },
  SERVICE_UNREACHABLE: {
    class: 'network',
    summary: 'The daemon of a service cannot be reached, or the connection broke.',
    fix: 'Check the endpoint and the connection; the provider may be down.',
  },
  SPENDING_ABOVE_LIMIT: {
    class: 'payment',
    summary: 'A service client has spent what it may spend in all; nothing was signed.',
    fix: 'Make a client with a higher maxSpend if more calls shall be paid.',
  },
  TRAINING_NOT_OFFERED: {
    class: 'usage',
    summary: 'A service trains no models, or its daemon does not.',
    fix: 'Choose a service whose protos mark methods for training, or ask the provider.',
  },
  TRAINING_PRICE_CHANGED: {
    class: 'payment',
    summary: 'A call that trains a model costs another price than was agreed; nothing was paid.',
    fix: 'Ask for the price again with validatePrice or trainPrice, and decide anew.',
  },
  TRAINING_SIGNATURE_REFUSED: {
    class: 'usage',
    summary:
      'A daemon does not believe who asks for training: its block is another one, or the key is.',
    fix: 'Use an RPC endpoint that is up to date and of the network of the service.',
  },

  // --- daemon ---
  STORE_VALUE_INVALID: {
    class: 'store',
    summary: 'A value in the store cannot be read.',
    fix: 'Restore the store from a backup, or find out what else writes to it.',
  },
  GROUP_IN_SERVICE: {
    class: 'store',
    summary: 'A daemon serves the group whose state would be moved.',
    fix: 'Stop every daemon of the group, of either kind, and run the command again.',
  },
  OFFICIAL_VALUE_INVALID: {
    class: 'store',
    summary: "A value in the official daemon's store cannot be read.",
    fix: 'Find out what wrote the key that the message names; remove it if it is not wanted.',
  },
  STATE_CONFLICT: {
    class: 'store',
    summary: 'The store already holds other state of the group.',
    fix: 'Move the state into an empty store, or say with --replace that the old state is to go.',
  },
  STATE_FILE_INVALID: {
    class: 'store',
    summary: 'A state file is missing, damaged, cut off, or belongs to another group.',
    fix: 'Take another copy of the file; it is read as a whole or not at all.',
  },
  STATE_FILE_UNWRITABLE: {
    class: 'store',
    summary: 'A state file cannot be written.',
    fix: 'Check the directory and the free space; an existing file is replaced only with --force.',
  },
  STATE_LOSSY: {
    class: 'store',
    summary: "The group's state has parts that the official layout cannot express.",
    fix: 'Claim the channels that the message names first, or accept the loss with --force-loss.',
  },
  BLOCK_UNKNOWN: {
    class: 'chain',
    summary: 'The current block is not known: none was read yet, or the last one is too old.',
    fix: 'Check that the chain RPC endpoint answers; the daemon recovers by itself when it does.',
  },
  STORE_CLOSED: {
    class: 'store',
    summary: 'The store was used after it had been closed.',
    fix: 'Nothing to fix while a daemon shuts down; otherwise report it.',
  },
  STORE_KEY_INVALID: {
    class: 'store',
    summary: 'A key cannot be written to the store.',
    fix: 'Shorten the id that the message names, or correct its text.',
  },
  STORE_UNAVAILABLE: {
    class: 'store',
    summary: 'The store cannot be opened, read or written.',
    fix: 'Check the storage path: that it can be written, and that the disk has room.',
  },
  CHAIN_ID_MISMATCH: {
    class: 'config',
    summary: 'The node of the RPC endpoint belongs to another chain than the configured network.',
    fix: 'Set ethereum_json_rpc_http_endpoint to a node of the network, or select its network.',
  },
  CONFIG_FILE_INVALID: {
    class: 'config',
    summary:
      'The configuration file is missing, cannot be read or written, or is not what its name says.',
    fix: 'Check path and permissions, and the text at the line that the message names.',
  },
  CONFIG_KEY_UNKNOWN: {
    class: 'config',
    summary: 'The configuration has a key that the daemon does not know.',
    fix: 'Correct its spelling, or remove it.',
  },
  CONFIG_VALUE_INVALID: {
    class: 'config',
    summary: 'A setting has a value that does not fit.',
    fix: 'Change the setting at the place that the message names.',
  },
  ACME_FAILED: {
    class: 'network',
    summary: 'No certificate could be had from the authority of auto_ssl_domain.',
    fix: 'Let the domain point to this machine and its port be reached from outside; the daemon tries again.',
  },
  TLS_FILE_INVALID: {
    class: 'config',
    summary: 'A file with a certificate or a key cannot be used.',
    fix: 'Give PEM files: the full certificate chain, and its private key without a passphrase.',
  },
  DAEMON_LISTEN_FAILED: {
    class: 'network',
    summary: 'The daemon cannot have the port that it should listen on.',
    fix: 'Choose another port, or end the program that has it.',
  },
  METERING_REFUSED: {
    class: 'config',
    summary: 'The metering service does not know the daemon.',
    fix: 'Register the address of private_key_for_metering there, or set metering_enabled to false.',
  },
  SERVICE_NOT_ALIVE: {
    class: 'network',
    summary: 'The service behind the daemon does not answer.',
    fix: 'Start the service, and check service_endpoint and service_heartbeat_type.',
  },
  SERVICE_TYPE_UNSUPPORTED: {
    class: 'config',
    summary: 'The service metadata names a kind of service that this daemon cannot stand before.',
    fix: 'Publish the service with service_type grpc, http, jsonrpc or process.',
  },
  UPSTREAM_UNREACHABLE: {
    class: 'network',
    summary: 'The AI service behind the daemon cannot be reached, or closed the connection.',
    fix: 'Start the service, and check service_endpoint: host, port, and http or https.',
  },

  // --- devnet ---
  DEVNET_CONTRACTS_FAILED: {
    class: 'chain',
    summary:
      'The contracts of a local network could not be deployed, or do not answer as they should.',
    fix: 'Start the local chain afresh; it must be anvil, with its test accounts unlocked.',
  },
  DEVNET_LISTEN_FAILED: {
    class: 'network',
    summary: 'A server of the local network cannot listen on its port.',
    fix: 'Give another port, or 0 for a free one.',
  },
  DEVNET_PROCESS_ENDED: {
    class: 'internal',
    summary: 'A program of the local network ended, or could not be started.',
    fix: 'Read what it printed last, which the message shows.',
  },
  DEVNET_PROTOS_INVALID: {
    class: 'content',
    summary: 'The proto files of a service cannot be joined into one file.',
    fix: 'Put all files into one proto package, and declare every name once.',
  },

  // --- cli ---
  COMMAND_LINE_INVALID: {
    class: 'usage',
    summary: 'A command line cannot be understood.',
    fix: 'See what there is with `snet --help`, or with --help after the command.',
  },
  CONFIRMATION_MISSING: {
    class: 'usage',
    summary: 'A command that spends money was not confirmed.',
    fix: 'Answer the question on a terminal, or give --yes.',
  },
  INPUT_INVALID: {
    class: 'usage',
    summary: 'What a command was given to send is not valid JSON.',
    fix: 'Correct it at the line and column that the message names; mind the quotes of the shell.',
  },
  INPUT_UNREADABLE: {
    class: 'usage',
    summary: 'A file that the command line names cannot be read.',
    fix: 'Check path and permissions.',
  },
  NETWORK_NOT_CHOSEN: {
    class: 'config',
    summary: 'No network is chosen, and no local one is running.',
    fix: 'Start a local network with `snet dev`, or give --network and --rpc.',
  },
  PRIVATE_KEY_MISSING: {
    class: 'config',
    summary: 'A command needs the private key of an account.',
    fix: 'Give --private-key-file, or set SNET_PRIVATE_KEY.',
  },

  // --- codegen ---
  CODEGEN_ABORTED: {
    class: 'internal',
    summary: 'The generation of code was cancelled, or took too long.',
    fix: 'Start it again, with more time if it needs it.',
  },
  CODEGEN_FAILED: {
    class: 'content',
    summary: 'The generator refused its input.',
    fix: 'Correct the file at the line that the message names.',
  },
  CODEGEN_INPUT_INVALID: {
    class: 'content',
    summary: 'An ABI file or protos cannot be read, or a name makes no code.',
    fix: 'Correct the file, and use names of letters and digits.',
  },
  CODEGEN_INPUT_MISSING: {
    class: 'usage',
    summary: 'A folder, package or file to generate from does not exist.',
    fix: 'Correct the name, or install the package.',
  },
  CODEGEN_OUTPUT_MISSING: {
    class: 'config',
    summary: 'The generator wrote nothing to the output folder.',
    fix: 'Make the output folder of buf.gen.yaml the same.',
  },
  CODEGEN_OUTPUT_TAKEN: {
    class: 'usage',
    summary: 'The output folder holds files that were not generated.',
    fix: 'Name a folder of its own; what was generated there before is replaced.',
  },
  CODEGEN_TOOL_MISSING: {
    class: 'config',
    summary: 'A generator for another language is not installed.',
    fix: 'Install it with the command that the message names.',
  },
} as const satisfies Record<string, ErrorCodeInfo>;

/** A stable name of what went wrong, for example `AMOUNT_INVALID`. */
export type ErrorCode = keyof typeof errorCodes;
