import { BaseError } from '@snetkit/core';
import { checkPrices } from '../serve/check-prices.ts';
import { compileService } from '../serve/compile-service.ts';
import { describeOtherStore } from '../serve/describe-other-store.ts';
import type { Check, Finding } from './finding.ts';
import { after, NotBefore } from './not-before.ts';
import type { World } from './world.ts';

/** What is registered and published: Registry, documents, content. */
export function checkPublished(world: World): readonly Check[] {
  return [
    {
      name: 'registry',
      async run() {
        const { organizationUri, serviceUri } = await readUris(world);
        return { status: 'ok', text: `organization ${organizationUri}, service ${serviceUri}` };
      },
    },
    {
      name: 'content',
      async run() {
        await after('registry', world.uris());
        try {
          const { apiSource, protoFiles } = await world.service();
          const text = `every byte matches its CID: two documents, ${protoFiles.size} proto files of ${apiSource}`;
          return { status: 'ok', text };
        } catch (cause) {
          if (isAboutContent(cause)) throw cause;
          throw new NotBefore('not before metadata is mended', { cause });
        }
      },
    },
    {
      name: 'metadata',
      async run() {
        await after('registry', world.uris());
        try {
          await world.service();
        } catch (cause) {
          if (!isAboutContent(cause)) throw cause;
          throw new NotBefore('not before content is mended', { cause });
        }
        return describeService(world);
      },
    },
  ];
}

/** A node that does not answer is told of elsewhere. */
async function readUris({ uris }: World): ReturnType<World['uris']> {
  try {
    return await uris();
  } catch (cause) {
    if (BaseError.from(cause).code === 'NOT_REGISTERED') throw cause;
    throw new NotBefore('not before node is mended', { cause });
  }
}

/** Bytes that cannot be had or are wrong, as against documents that say the wrong things. */
function isAboutContent(cause: unknown): boolean {
  const { code } = BaseError.from(cause);
  return /^(CONTENT|CID|ARCHIVE|STORAGE_URI)_|^TIMED_OUT$/.test(code);
}

async function describeService({ config, service }: World): Promise<readonly Finding[]> {
  const { group, service: document, protoFiles } = await service();
  const { pricing, paymentExpirationThreshold: threshold, paymentAddress } = group;
  const price =
    pricing.model === 'fixed_price'
      ? `${pricing.priceInCogs} cogs a call`
      : 'a price for each method';
  const text = `group ${group.groupName}, type ${document.serviceType}, ${price}, paid to ${paymentAddress}, threshold ${threshold} blocks`;
  const otherStore = describeOtherStore(config, group);
  const prices = checkPrices(group, compileService(protoFiles));
  return [
    { status: 'ok', text },
    ...prices.map(
      (line): Finding => ({
        status: 'warn',
        text: line,
        fix: 'Publish the service again with protos and prices that fit each other.',
      }),
    ),
    ...(otherStore === undefined
      ? []
      : [
          {
            status: 'warn' as const,
            text: otherStore,
            fix: 'Set payment_channel_storage_type and payment_channel_storage_client to what the metadata names, or publish the organization without it.',
          },
        ]),
  ];
}
