import {
  createRegistry,
  type DescField,
  type DescMessage,
  type DescService,
  ScalarType,
} from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import * as configuration from './configuration.ts';
import * as control from './control.ts';
import * as health from './health.ts';
import * as pricing from './pricing.ts';
import * as state from './state.ts';
import * as token from './token.ts';
import * as training from './training.ts';

const registry = createRegistry(
  state.file_state_service,
  control.file_control_service,
  token.file_token_service,
  configuration.file_configuration_service,
  training.file_training,
  training.file_training_daemon,
  health.file_grpc_health_v1_health,
  pricing.file_pricing,
);

describe('messages', () => {
  // Section 1 of the daemon protocol; numbers from 1001 on are our own (ledger protocol, section 5).
  test.each([
    [
      'escrow.ChannelStateRequest',
      '1 channel_id bytes',
      '2 signature bytes',
      '3 current_block uint64',
    ],
    [
      'escrow.ChannelStateReply',
      '1 current_nonce bytes',
      '2 current_signed_amount bytes',
      '3 current_signature bytes',
      '4 old_nonce_signed_amount bytes',
      '5 old_nonce_signature bytes',
      '6 planned_amount uint64',
      '7 used_amount uint64',
      '1001 open repeated escrow.Interval',
      '1002 entries repeated escrow.EntryView',
      '1003 credit bytes',
      '1004 max_in_flight uint32',
    ],
    ['escrow.Interval', '1 from bytes', '2 to bytes'],
    [
      'escrow.EntryView',
      '1 nonce bytes',
      '2 amount bytes',
      '3 price bytes',
      '4 state escrow.EntryView.State',
    ],
    [
      'escrow.GetFreeCallTokenRequest',
      '1 address string',
      '2 signature bytes',
      '3 current_block uint64',
      '4 user_id optional string',
      '5 token_lifetime_in_blocks optional uint64',
    ],
    [
      'escrow.FreeCallToken',
      '1 token bytes',
      '2 token_hex string',
      '3 token_expiration_block uint64',
    ],
    [
      'escrow.FreeCallStateRequest',
      '1 address string',
      '2 user_id optional string',
      '3 free_call_token bytes',
      '4 signature bytes',
      '5 current_block uint64',
    ],
    ['escrow.FreeCallStateReply', '1 free_calls_available uint64'],
    [
      'escrow.GetPaymentsListRequest',
      '1 mpe_address string',
      '2 current_block uint64',
      '3 signature bytes',
    ],
    ['escrow.StartClaimRequest', '1 mpe_address string', '2 channel_id bytes', '3 signature bytes'],
    [
      'escrow.StartMultipleClaimRequest',
      '1 mpe_address string',
      '2 channel_ids repeated uint64 packed',
      '3 current_block uint64',
      '4 signature bytes',
    ],
    [
      'escrow.PaymentReply',
      '1 channel_id bytes',
      '2 channel_nonce bytes',
      '3 signed_amount bytes',
      '4 signature bytes',
      '5 channel_expiry bytes',
      '1001 actual_amount bytes',
    ],
    ['escrow.PaymentsListReply', '1 payments repeated escrow.PaymentReply'],
    [
      'escrow.TokenRequest',
      '1 channel_id uint64',
      '2 current_nonce uint64',
      '3 signed_amount uint64',
      '4 signature bytes',
      '5 current_block uint64',
      '6 claim_signature bytes',
    ],
    [
      'escrow.TokenReply',
      '1 channel_id uint64',
      '2 token string',
      '3 planned_amount uint64',
      '4 used_amount uint64',
    ],
    ['configuration_service.CallerAuthentication', '1 signature bytes', '2 current_block uint64'],
    ['configuration_service.EmptyRequest', '1 auth configuration_service.CallerAuthentication'],
    [
      'configuration_service.UpdateRequest',
      '1 auth configuration_service.CallerAuthentication',
      '2 updated_configuration map<string, string>',
    ],
    [
      'configuration_service.StatusResponse',
      '1 signature bytes',
      '2 current_processing_status configuration_service.StatusResponse.Status',
    ],
    [
      'configuration_service.ConfigurationParameter',
      '1 name string',
      '2 mandatory bool',
      '3 description string',
      '4 type configuration_service.ConfigurationParameter.Type',
      '5 editable bool',
      '6 restart_daemon configuration_service.ConfigurationParameter.UpdateAction',
      '7 section string',
      '8 defaultValue string',
    ],
    [
      'configuration_service.ConfigurationSchema',
      '1 details repeated configuration_service.ConfigurationParameter',
    ],
    [
      'configuration_service.ConfigurationResponse',
      '1 signature bytes',
      '2 current_configuration map<string, string>',
      '3 schema configuration_service.ConfigurationSchema',
    ],
    [
      'training.ModelResponse',
      '1 model_id string',
      '2 status training.Status',
      '3 created_date string',
      '4 updated_date string',
      '5 name string',
      '6 description string',
      '7 grpc_method_name string',
      '8 grpc_service_name string',
      '9 address_list repeated string',
      '10 is_public bool',
      '11 training_data_link string',
      '12 created_by_address string',
      '13 updated_by_address string',
    ],
    [
      'training.NewModel',
      '1 name string',
      '2 description string',
      '3 grpc_method_name string',
      '4 grpc_service_name string',
      '5 address_list repeated string',
      '6 is_public bool',
      '7 organization_id string',
      '8 service_id string',
      '9 group_id string',
    ],
    ['training.ModelID', '1 model_id string'],
    ['training.PriceInBaseUnit', '1 price uint64'],
    ['training.StatusResponse', '1 status training.Status'],
    [
      'training.UploadInput',
      '1 model_id string',
      '2 data bytes',
      '3 file_name string',
      '4 file_size uint64',
      '5 batch_size uint64',
      '6 batch_number uint64',
      '7 batch_count uint64',
    ],
    ['training.ValidateRequest', '2 model_id string', '3 training_data_link string'],
    [
      'training.AuthorizationDetails',
      '1 current_block uint64',
      '2 message string',
      '3 signature bytes',
      '4 signer_address string',
    ],
    [
      'training.NewModelRequest',
      '1 authorization training.AuthorizationDetails',
      '2 model training.NewModel',
    ],
    [
      'training.AuthValidateRequest',
      '1 authorization training.AuthorizationDetails',
      '2 model_id string',
      '3 training_data_link string',
    ],
    [
      'training.UploadAndValidateRequest',
      '1 authorization training.AuthorizationDetails',
      '2 upload_input training.UploadInput',
    ],
    [
      'training.CommonRequest',
      '1 authorization training.AuthorizationDetails',
      '2 model_id string',
    ],
    [
      'training.UpdateModelRequest',
      '1 authorization training.AuthorizationDetails',
      '2 model_id string',
      '3 model_name optional string',
      '4 description optional string',
      '5 address_list repeated string',
    ],
    ['training.ModelsResponse', '1 list_of_models repeated training.ModelResponse'],
    [
      'training.MethodMetadataRequest',
      '1 model_id string',
      '2 grpc_method_name string',
      '3 grpc_service_name string',
    ],
    [
      'training.AllModelsRequest',
      '1 authorization training.AuthorizationDetails',
      '3 statuses repeated training.Status packed',
      '4 is_public optional bool',
      '5 grpc_method_name string',
      '6 grpc_service_name string',
      '7 name string',
      '8 created_by_address string',
      '9 page_size uint64',
      '10 page uint64',
    ],
    [
      'training.TrainingMetadata',
      '1 trainingEnabled bool',
      '2 trainingInProto bool',
      '3 trainingMethods map<string, google.protobuf.ListValue>',
    ],
    [
      'training.MethodMetadata',
      '50001 default_model_id string',
      '50002 max_models_per_user uint64',
      '50003 dataset_max_size_mb uint64',
      '50004 dataset_max_count_files uint64',
      '50005 dataset_max_size_single_file_mb uint64',
      '50006 dataset_files_type string',
      '50007 dataset_type string',
      '50008 dataset_description string',
    ],
    ['training.TrainingMethodOption', '1 trainingMethodIndicator string'],
    ['pricing.EstimatePrice', '1 estimatePriceMethod string'],
    ['pricing.PriceInCogs', '1 price uint64'],
    ['grpc.health.v1.HealthCheckRequest', '1 service string'],
    [
      'grpc.health.v1.HealthCheckResponse',
      '1 status grpc.health.v1.HealthCheckResponse.ServingStatus',
    ],
    ['grpc.health.v1.HealthListRequest'],
    [
      'grpc.health.v1.HealthListResponse',
      '1 statuses map<string, grpc.health.v1.HealthCheckResponse>',
    ],
  ])('behavior: %s has the fields of the protocol', (typeName, ...fields) => {
    expect(describeMessage(registry.getMessage(typeName))).toEqual(fields);
    seen.add(typeName);
  });

  const seen = new Set<string>();

  test('behavior: the table above has every message', () => {
    const all = [...registry].filter(({ kind }) => kind === 'message').map((it) => it.typeName);
    expect([...seen].sort()).toEqual(all.sort());
  });
});

describe('enums', () => {
  test.each([
    ['escrow.EntryView.State', 'IN_PROGRESS 0, RETRY 1'],
    [
      'configuration_service.StatusResponse.Status',
      'IDLE 0, REQUEST_IN_PROGRESS 1, HAS_STOPPED_PROCESSING_REQUESTS 2',
    ],
    [
      'configuration_service.ConfigurationParameter.Type',
      'STRING 0, INTEGER 1, URL 3, BOOLEAN 4, ADDRESS 5',
    ],
    [
      'configuration_service.ConfigurationParameter.UpdateAction',
      'RESTART_REQUIRED 0, NO_IMPACT 1',
    ],
    [
      'training.Status',
      'CREATED 0, VALIDATING 1, VALIDATED 2, TRAINING 3, READY_TO_USE 4, ERRORED 5, DELETED 6',
    ],
    [
      'grpc.health.v1.HealthCheckResponse.ServingStatus',
      'UNKNOWN 0, SERVING 1, NOT_SERVING 2, SERVICE_UNKNOWN 3',
    ],
  ])('behavior: %s has the values of the protocol', (typeName, values) => {
    const desc = registry.getEnum(typeName);
    expect(desc?.values.map(({ name, number }) => `${name} ${number}`).join(', ')).toBe(values);
  });
});

describe('services', () => {
  test.each([
    [state.PaymentChannelStateService, ['GetChannelState(ChannelStateRequest) ChannelStateReply']],
    [
      state.FreeCallStateService,
      [
        'GetFreeCallsAvailable(FreeCallStateRequest) FreeCallStateReply',
        'GetFreeCallToken(GetFreeCallTokenRequest) FreeCallToken',
      ],
    ],
    [
      control.ProviderControlService,
      [
        'GetListUnclaimed(GetPaymentsListRequest) PaymentsListReply',
        'GetListInProgress(GetPaymentsListRequest) PaymentsListReply',
        'StartClaim(StartClaimRequest) PaymentReply',
        'StartClaimForMultipleChannels(StartMultipleClaimRequest) PaymentsListReply',
      ],
    ],
    [token.TokenService, ['GetToken(TokenRequest) TokenReply']],
    [
      configuration.ConfigurationService,
      [
        'GetConfiguration(EmptyRequest) ConfigurationResponse',
        'UpdateConfiguration(UpdateRequest) ConfigurationResponse',
        'StopProcessingRequests(EmptyRequest) StatusResponse',
        'StartProcessingRequests(EmptyRequest) StatusResponse',
        'IsDaemonProcessingRequests(EmptyRequest) StatusResponse',
      ],
    ],
    [
      training.Daemon,
      [
        'create_model(NewModelRequest) ModelResponse',
        'validate_model_price(AuthValidateRequest) PriceInBaseUnit',
        'upload_and_validate(stream UploadAndValidateRequest) StatusResponse',
        'validate_model(AuthValidateRequest) StatusResponse',
        'train_model_price(CommonRequest) PriceInBaseUnit',
        'train_model(CommonRequest) StatusResponse',
        'delete_model(CommonRequest) StatusResponse',
        'get_all_models(AllModelsRequest) ModelsResponse',
        'get_model(CommonRequest) ModelResponse',
        'update_model(UpdateModelRequest) ModelResponse',
        'get_training_metadata(Empty) TrainingMetadata',
        'get_method_metadata(MethodMetadataRequest) MethodMetadata',
      ],
    ],
    [
      training.Model,
      [
        'create_model(NewModel) ModelID',
        'validate_model_price(ValidateRequest) PriceInBaseUnit',
        'upload_and_validate(stream UploadInput) StatusResponse',
        'validate_model(ValidateRequest) StatusResponse',
        'train_model_price(ModelID) PriceInBaseUnit',
        'train_model(ModelID) StatusResponse',
        'delete_model(ModelID) StatusResponse',
        'get_model_status(ModelID) StatusResponse',
      ],
    ],
    [
      health.Health,
      [
        'Check(HealthCheckRequest) HealthCheckResponse',
        'List(HealthListRequest) HealthListResponse',
        'Watch(HealthCheckRequest) stream HealthCheckResponse',
      ],
    ],
  ])('behavior: %s has the methods of the protocol', (service, methods) => {
    expect(describeService(service)).toEqual(methods);
  });

  test('behavior: the full names are those on the wire', () => {
    const names = [...registry].filter(({ kind }) => kind === 'service').map((it) => it.typeName);
    expect(names).toEqual([
      'escrow.PaymentChannelStateService',
      'escrow.FreeCallStateService',
      'escrow.ProviderControlService',
      'escrow.TokenService',
      'configuration_service.ConfigurationService',
      'training.Model',
      'training.Daemon',
      'grpc.health.v1.Health',
    ]);
  });
});

describe('method options', () => {
  test('behavior: extensions have the numbers and types of the protocol', () => {
    const lines = [...registry].flatMap((desc) =>
      desc.kind === 'extension'
        ? [`${desc.number} ${desc.typeName} ${desc.message?.typeName ?? nameScalar(desc.scalar)}`]
        : [],
    );
    expect(lines).toEqual([
      '50001 training.default_model_id string',
      '50002 training.max_models_per_user uint64',
      '50003 training.dataset_max_size_mb uint64',
      '50004 training.dataset_max_count_files uint64',
      '50005 training.dataset_max_size_single_file_mb uint64',
      '50006 training.dataset_files_type string',
      '50007 training.dataset_type string',
      '50008 training.dataset_description string',
      '9999197 training.my_method_option training.TrainingMethodOption',
      '9999127 pricing.my_method_option pricing.EstimatePrice',
    ]);
  });
});

function describeMessage(desc: DescMessage | undefined): string[] | undefined {
  return desc?.fields.map((field) => `${field.number} ${field.name} ${describeType(field)}`);
}

function describeType(field: DescField): string {
  const type = field.message?.typeName ?? field.enum?.typeName ?? nameScalar(field.scalar);
  if (field.fieldKind === 'map') return `map<${nameScalar(field.mapKey)}, ${type}>`;
  if (field.fieldKind === 'list') return `repeated ${type}${field.packed ? ' packed' : ''}`;
  return field.proto.proto3Optional ? `optional ${type}` : type;
}

function nameScalar(type: ScalarType | undefined): string {
  return type === undefined ? '' : ScalarType[type].toLowerCase();
}

function describeService(service: DescService): string[] {
  return service.methods.map(({ name, input, output, methodKind }) => {
    const sends = methodKind === 'client_streaming' || methodKind === 'bidi_streaming';
    const gets = methodKind === 'server_streaming' || methodKind === 'bidi_streaming';
    return `${name}(${sends ? 'stream ' : ''}${input.name}) ${gets ? 'stream ' : ''}${output.name}`;
  });
}
