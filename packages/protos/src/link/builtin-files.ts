import type { DescFile } from '@bufbuild/protobuf';
import {
  file_google_protobuf_any,
  file_google_protobuf_api,
  file_google_protobuf_compiler_plugin,
  file_google_protobuf_cpp_features,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_go_features,
  file_google_protobuf_java_features,
  file_google_protobuf_source_context,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_type,
  file_google_protobuf_wrappers,
} from '@bufbuild/protobuf/wkt';
import { file_google_api_annotations } from '../gen/google/api/annotations_pb.ts';
import { file_google_api_http } from '../gen/google/api/http_pb.ts';
import { file_pricing } from '../gen/pricing_pb.ts';
import { file_training } from '../gen/training_pb.ts';

const byPath = (files: readonly DescFile[]): ReadonlyMap<string, DescFile> =>
  new Map(files.map((file) => [file.proto.name, file]));

/** Files of protobuf itself: these are always ours, whatever an archive brings. */
export const protobufFiles = byPath([
  file_google_protobuf_any,
  file_google_protobuf_api,
  file_google_protobuf_compiler_plugin,
  file_google_protobuf_cpp_features,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_go_features,
  file_google_protobuf_java_features,
  file_google_protobuf_source_context,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_type,
  file_google_protobuf_wrappers,
]);

/** Files that services import without bringing them along; their own copies come first. */
export const commonFiles = byPath([
  file_google_api_annotations,
  file_google_api_http,
  file_pricing,
  file_training,
]);
