import { parseGroupId } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { storeScope } from '../../src/store/store-scope.ts';
import { encodeModel } from '../../src/training/model-codec.ts';
import { modelKey } from '../../src/training/model-key.ts';
import type { TrainingModel } from '../../src/training/training-model.ts';

/** Puts a model into the store of a running daemon, as the training service will. */
export async function storeModel(
  devnet: Devnet,
  prices: Pick<TrainingModel, 'modelId' | 'validatePrice' | 'trainPrice'>,
): Promise<void> {
  const { organizationId, serviceId, contracts, chainId, groupId, daemonConfig } = devnet;
  const store = await openSqliteStore({
    path: String(daemonConfig['payment_channel_storage_path']),
    scope: storeScope({
      chainId,
      mpe: contracts.mpe,
      organizationId,
      groupId: parseGroupId(groupId),
    }),
  });
  const model: TrainingModel = {
    ...prices,
    serviceId,
    grpcServiceName: 'text.v1.TextService',
    grpcMethodName: 'Detect',
    name: 'a model',
    description: '',
    isPublic: false,
    status: 0,
    authorizedAddresses: [devnet.accounts.client.address.toLowerCase()],
    createdBy: devnet.accounts.client.address.toLowerCase(),
    updatedBy: '',
    trainingDataLink: '',
    createdDate: '21-11-2026',
    updatedDate: '21-11-2026',
  };
  const value = encodeModel(model);
  await store.commit([{ checks: [], writes: [{ key: modelKey(model), value }] }]);
  await store.close();
}
