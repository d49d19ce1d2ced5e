/** Keys that stand in files of official daemons, old and new, and that no daemon of today reads. Accepted and ignored. */
export const retiredKeys: readonly string[] = [
  'config_path',
  'daemon_listening_port',
  'db_path',
  'enable_metrics',
  'hdwallet_index',
  'hdwallet_mnemonic',
  'is_curation_in_progress',
  'monitoring_svc_end_point',
  'monitoring_svc_endpoint',
  'poll_sleep',
  'pricing_strategy',
  'private_key',
  'replica_group_id',
  'wire_encoding',
];
