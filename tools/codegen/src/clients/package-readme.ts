import type { ClientRecord } from './client-record.ts';
import type { ClientName } from './client-source.ts';

const parameters = {
  unary: 'request',
  server_streaming: 'request',
  client_streaming: 'requests',
  bidi_streaming: 'requests',
} as const;

const results = {
  unary: 'promise of a message',
  server_streaming: 'async iterable',
  client_streaming: 'promise of a message',
  bidi_streaming: 'async iterable',
} as const;

/** `README.md` of a generated package. */
export function formatReadme(clients: readonly ClientName[], record: ClientRecord): string {
  const { name, service } = record;
  const [first] = clients;
  const options = service === null ? ', { organizationId, serviceId }' : '';
  const origin =
    service === null
      ? 'Generated from a folder of protos.'
      : `Generated from \`${plain(service.organizationId)}/${plain(service.serviceId)}\` on ${plain(service.network)}; \`service.json\` says from which documents.`;
  return `# ${name}

${origin} Do not edit: it is replaced when it is generated again.

\`\`\`js
import { create${first?.name}Client } from '${name}';

const client = await create${first?.name}Client(engine${options}); // an SnetEngine of @snetkit/sdk
\`\`\`

${clients.map(formatClient).join('\n')}
Every call is paid from a payment channel of the engine's account. A last parameter takes \`signal\`,
\`timeoutMs\`, \`headers\` and \`onPayment\`. \`client.$service\` knows prices and channels, \`client.$close()\` ends it.
Enums and message schemas are in \`${name}/gen/\`.
`;
}

function formatClient({ name, service }: ClientName): string {
  const rows = service.methods.map(
    ({ localName, methodKind, input, output }) =>
      `| \`${localName === 'then' ? 'then$' : localName}(${parameters[methodKind]})\` | \`${input.typeName}\` | ${results[methodKind]} \`${output.typeName}\` |`,
  );
  return `## create${name}Client: ${service.typeName}

| method | takes | returns |
| --- | --- | --- |
${rows.join('\n')}
`;
}

/** Ids of strangers, without what Markdown would make something of. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}_.@ -]/gu, '?');
}
