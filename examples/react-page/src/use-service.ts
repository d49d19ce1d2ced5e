import type { EthereumProvider } from '@snetkit/contracts/signers/wallet';
import { type Fields, formatAmount, type MessageObject } from '@snetkit/sdk';
import { useCallback, useEffect, useState } from 'react';
import { type Connection, connect as connectTo } from './connect.ts';

/** What a component sees of a paid service. */
export interface PaidService {
  readonly isConnected: boolean;
  /** What is left in the channels; undefined before the first call. */
  readonly balance: string | undefined;
  connect(provider: EthereumProvider): Promise<void>;
  call(method: string, fields: Fields): Promise<MessageObject>;
}

/** One service, its payments, and what is left to pay with; let go when the component goes. */
export function useService(): PaidService {
  const [connection, setConnection] = useState<Connection>();
  const [balance, setBalance] = useState<string>();
  useEffect(() => () => void connection?.engine.close(), [connection]);

  const connect = useCallback(async (provider: EthereumProvider) => {
    setConnection(await connectTo(provider));
  }, []);

  const call = useCallback(
    async (method: string, fields: Fields) => {
      if (connection === undefined) throw new Error('There is no wallet yet.');
      const { engine, service } = connection;
      const reply = await service.call(method, fields);
      const channels = await engine.channels.list();
      const left = channels.reduce((sum, { unspent }) => sum + unspent, 0n);
      setBalance(formatAmount(left, engine.token));
      return reply;
    },
    [connection],
  );
  return { isConnected: connection !== undefined, balance, connect, call };
}
