/** Where the parts of a test are; what a provider fills in. */
export interface OfficialPlaces {
  readonly rpcUrl: string;
  readonly contentUrl: string;
  readonly serviceEndpoint: string;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly etcd: string;
}

/** A configuration file of the official daemon: no key of ours is in it. */
export interface OfficialFile {
  readonly name: string;
  readonly content: string;
  /** Where this daemon keeps payments then. */
  readonly store: 'sqlite' | 'etcd';
  /** Part of the line in the log that says so. */
  readonly notice: string | undefined;
}

/** Files as official daemons have them, of every format and every kind of storage (daemon.md 6.1, 6.3, 7.1). */
export function officialFiles(places: OfficialPlaces): readonly OfficialFile[] {
  // The keys that `init` of the official daemon writes (daemon.md 6.3), filled in.
  const minimal = {
    blockchain_network_selected: 'sepolia',
    ethereum_json_rpc_http_endpoint: places.rpcUrl,
    service_endpoint: places.serviceEndpoint,
    service_id: places.serviceId,
    organization_id: places.organizationId,
    daemon_endpoint: '127.0.0.1:0',
    daemon_group_name: 'default_group',
    payment_channel_storage_type: 'etcd',
    ipfs_endpoint: places.contentUrl,
    lighthouse_endpoint: `${places.contentUrl}/ipfs/`,
    private_key_for_free_calls: '',
    min_balance_for_free_call: 10,
    trusted_free_call_signers: [
      '0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf',
      '0x7DF35C98f41F3Af0df1dc4c7F7D4C19a71Dd059F',
    ],
    log: { output: { type: ['file', 'stdout'] } },
  };
  const client = {
    connection_timeout: '5s',
    request_timeout: '3s',
    hot_reload: false,
    endpoints: [places.etcd],
  };
  return [
    {
      name: 'snetd.config.json',
      content: JSON.stringify({ ...minimal, payment_channel_storage_client: client }, null, 2),
      store: 'etcd',
      notice: undefined,
    },
    {
      name: 'old.json',
      content: JSON.stringify({
        ...minimal,
        payment_channel_storage_type: 'memory',
        service_endpoint: undefined,
        daemon_endpoint: undefined,
        ipfs_endpoint: undefined,
        PASSTHROUGH_ENDPOINT: places.serviceEndpoint,
        daemon_end_point: '127.0.0.1:0',
        ipfs_end_point: places.contentUrl,
        hdwallet_mnemonic: '',
        burst_size: 1_000,
        alerts_email: '',
        metering_enabled: false,
      }),
      store: 'sqlite',
      notice: 'memory would forget signed payments, so they are kept in SQLite',
    },
    {
      name: 'memory.yaml',
      content: `# A replica of its own
blockchain_enabled: true
blockchain_network_selected: sepolia
ethereum_json_rpc_http_endpoint: ${places.rpcUrl}
service_endpoint: ${places.serviceEndpoint}
service_id: ${places.serviceId}
organization_id: ${places.organizationId}
daemon_endpoint: 127.0.0.1:0
daemon_group_name: default_group
payment_channel_storage_type: memory
ipfs_endpoint: ${places.contentUrl}
lighthouse_endpoint: ${places.contentUrl}/ipfs/
authentication_addresses: [0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf]
trusted_free_call_signers:
  - 0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf
log:
  level: info
  output:
    type: [file, stdout]
`,
      store: 'sqlite',
      notice: 'memory would forget signed payments, so they are kept in SQLite',
    },
    {
      name: 'inside.toml',
      content: `# With the etcd inside
blockchain_network_selected = "sepolia"
ethereum_json_rpc_http_endpoint = "${places.rpcUrl}"
service_endpoint = "${places.serviceEndpoint}"
service_id = "${places.serviceId}"
organization_id = "${places.organizationId}"
daemon_endpoint = "127.0.0.1:0"
daemon_group_name = "default_group"
payment_channel_storage_type = "etcd"
ipfs_endpoint = "${places.contentUrl}"
lighthouse_endpoint = "${places.contentUrl}/ipfs/"
min_balance_for_free_call = 10

[payment_channel_storage_client]
connection_timeout = "5s"
request_timeout = "3s"
endpoints = ["http://127.0.0.1:2379"]

[payment_channel_storage_server]
id = "storage-1"
host = "127.0.0.1"
client_port = 2379
peer_port = 2380
token = "unique-token"
cluster = "storage-1=http://127.0.0.1:2380"
enabled = true
data_dir = "storage-data-dir-1.etcd"
log_outputs = ["./etcd-server.log"]

[log]
level = "debug"

[log.output]
type = ["stdout"]
`,
      store: 'sqlite',
      notice: 'What the etcd in storage-data-dir-1.etcd holds has to be imported first',
    },
    {
      name: 'lines.env',
      content: `BLOCKCHAIN_NETWORK_SELECTED=sepolia
ETHEREUM_JSON_RPC_HTTP_ENDPOINT=${places.rpcUrl}
SERVICE_ENDPOINT=${places.serviceEndpoint}
SERVICE_ID=${places.serviceId}
ORGANIZATION_ID=${places.organizationId}
DAEMON_ENDPOINT=127.0.0.1:0
IPFS_ENDPOINT=${places.contentUrl}
PAYMENT_CHANNEL_STORAGE_TYPE=memory
`,
      store: 'sqlite',
      notice: 'memory would forget signed payments, so they are kept in SQLite',
    },
  ];
}
