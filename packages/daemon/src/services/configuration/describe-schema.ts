import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type ConfigurationSchemaSchema,
  ConfigurationParameter_Type as Type,
  ConfigurationParameter_UpdateAction as UpdateAction,
} from '@snetkit/protos/configuration';
import { accessKeys } from '../../config/keys/access-keys.ts';
import { chainKeys } from '../../config/keys/chain-keys.ts';
import { listenerKeys } from '../../config/keys/listener-keys.ts';
import { observeKeys } from '../../config/keys/observe-keys.ts';
import { serviceKeys } from '../../config/keys/service-keys.ts';
import { storageKeys } from '../../config/keys/storage-keys.ts';
import { type KeyName, keyNames, schema } from '../../config/schema.ts';
import type { ValueType } from '../../config/types/value-type.ts';
import type { RuntimeSetting } from './runtime-settings.ts';
import { shownKeys } from './shown-keys.ts';

const sections = {
  blockchain: chainKeys,
  service: serviceKeys,
  listener: listenerKeys,
  storage: storageKeys,
  access: accessKeys,
  observation: observeKeys,
};

/** The official daemon describes these four, and nothing else (daemon.md 1.5). */
const officialKeys: readonly KeyName[] = [
  'registry_address_key',
  'ethereum_json_rpc_http_endpoint',
  'blockchain_network_selected',
  'service_endpoint',
];

type Schema = MessageInitShape<typeof ConfigurationSchemaSchema>;
type Parameter = NonNullable<Schema['details']>[number];

/** What can be said of the settings that operators are shown, and of those that they can change; from the one table. */
export function describeSchema(settings: readonly RuntimeSetting[]): Schema {
  const names = new Set([...officialKeys, ...shownKeys]);
  return {
    details: [
      ...keyNames.filter((name) => names.has(name)).map(describeKey),
      ...settings.map(describeSetting),
    ],
  };
}

function describeKey(name: KeyName): Parameter {
  const { type, default: initial, description, unit, rule } = schema[name];
  return {
    name,
    // The rules of the table ask for it, and no default can be right.
    mandatory: rule?.startsWith('Must be set') === true || rule?.startsWith('Required') === true,
    description: [description, unit === undefined ? '' : `Unit: ${unit}.`, rule ?? '']
      .filter(Boolean)
      .join(' '),
    type: typeOf(type),
    editable: false,
    restartDaemon: UpdateAction.RESTART_REQUIRED,
    section: Object.entries(sections).find(([, keys]) => Object.hasOwn(keys, name))?.[0] ?? '',
    defaultValue: typeof initial === 'string' ? initial : (JSON.stringify(initial) ?? ''),
  };
}

function describeSetting({ name, type, description, initial }: RuntimeSetting): Parameter {
  return {
    name,
    mandatory: false,
    description: `${description} Expected: ${type.expected}. A change holds for this replica until it ends.`,
    type: Type.STRING,
    editable: true,
    restartDaemon: UpdateAction.NO_IMPACT,
    section: 'observation',
    defaultValue: initial,
  };
}

function typeOf({ expected }: ValueType<unknown>): Type {
  if (expected === 'true or false') return Type.BOOLEAN;
  if (expected.startsWith('a whole number')) return Type.INTEGER;
  if (expected.startsWith('a URL')) return Type.URL;
  if (expected.startsWith('an address')) return Type.ADDRESS;
  return Type.STRING;
}
