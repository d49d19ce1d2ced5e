import { BaseError, redact } from '@snetkit/core';

/** What the device was doing, for messages. */
export type LedgerAction = 'the address' | 'a message' | 'typed data' | 'a transaction';

/** Status words of the device and its applications. */
const locked = [0x5515, 0x6982, 0x6804, 0x6b0c, 0x6faa];
const otherApplication = [0x6d00, 0x6d02, 0x6e00, 0x6e01, 0x6511, 0x6a15];

/** Turns what a transport threw into an error that says what to do with the device. */
export function describeLedgerError(error: unknown, action: LedgerAction): BaseError {
  if (error instanceof BaseError) return error;
  const { statusCode: status, name } = (error ?? {}) as { statusCode?: unknown; name?: unknown };
  const place = 'Ledger';
  if (typeof status !== 'number') {
    const busy = name === 'TransportRaceCondition';
    // No cause: transports keep the bytes that went over them.
    return new BaseError('SIGNER_UNAVAILABLE', 'The device cannot be reached.', {
      place,
      found: redact(error instanceof Error ? error.message : String(error)).slice(0, 200),
      hint: busy
        ? 'answer the request that the device shows, then try again'
        : 'connect the device, unlock it, and close other programs that use it',
    });
  }
  const found = `status 0x${status.toString(16).padStart(4, '0')}`;
  if (status === 0x6985 || status === 0x5501) {
    return new BaseError('SIGNER_REFUSED', `The user refused ${action} on the device.`, {
      ...{ place, found },
    });
  }
  if (locked.includes(status)) {
    return new BaseError('SIGNER_UNAVAILABLE', 'The device is locked.', {
      ...{ place, found, hint: 'unlock it, then try again' },
    });
  }
  if (otherApplication.includes(status)) {
    return new BaseError(
      'SIGNER_UNAVAILABLE',
      'The Ethereum application is not open on the device.',
      {
        ...{ place, found, hint: 'open the Ethereum application, then try again' },
      },
    );
  }
  if (status === 0x6a80) {
    return new BaseError('SIGNER_REFUSED', `The device does not accept ${action}.`, {
      ...{ place, found, hint: 'allow blind signing in the settings of the Ethereum application' },
    });
  }
  return new BaseError('SIGNER_UNAVAILABLE', `The device failed with ${action}.`, { place, found });
}
