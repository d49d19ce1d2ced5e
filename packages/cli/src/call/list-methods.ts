import { formatAmount } from '@snetkit/core';
import type { MethodKind, ServiceClient } from '@snetkit/sdk';
import { toJsonAmount } from '../output/amounts.ts';
import { formatTable } from '../output/format-table.ts';
import type { Output } from '../output/output.ts';

const kinds: Readonly<Record<MethodKind, string>> = {
  unary: '',
  server_streaming: 'replies stream',
  client_streaming: 'requests stream',
  bidi_streaming: 'both stream',
};

/** Prints what a service can do, and what it costs. */
export function printMethods(service: ServiceClient, output: Output): void {
  const { token, organizationId, serviceId } = service;
  const methods = service.getMethods();
  output.result(
    {
      organizationId,
      serviceId,
      methods: methods.map(({ price, ...method }) => ({
        ...method,
        price: price === undefined ? null : toJsonAmount(price, token),
      })),
    },
    () =>
      formatTable(
        [
          { title: 'method' },
          { title: 'fields' },
          { title: 'price', align: 'right' },
          { title: '' },
        ],
        methods.map(({ name, inputFields, price, kind }) => [
          name,
          inputFields.join(', '),
          price === undefined ? '-' : formatAmount(price, token),
          kinds[kind],
        ]),
        (titles) => output.style('dim', titles),
      ),
  );
}
