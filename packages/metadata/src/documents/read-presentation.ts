import type { JsonObject, JsonValue } from '@snetkit/core';
import type { MetadataDescription } from './metadata-description.ts';
import type { OrganizationContact } from './organization-metadata.ts';
import { peek } from './peek.ts';
import { peekList } from './peek-list.ts';
import type { ServiceMetadata } from './service-metadata.ts';

// Nothing here can make a document unusable: what is malformed counts as missing.

/** What a service document has for people to see. */
export function readServicePresentation(
  document: JsonObject,
): Pick<ServiceMetadata, 'description' | 'contributors' | 'media' | 'assets' | 'tags'> {
  return {
    description: readDescription(peek(document, 'service_description')),
    contributors: peekList(document, 'contributors').map((one) => ({
      name: showText(one, 'name'),
      email: showText(one, 'email_id'),
    })),
    media: peekList(document, 'media').map((one) => ({
      order: showNumber(one, 'order'),
      url: showText(one, 'url'),
      fileType: showText(one, 'file_type'),
      altText: showText(one, 'alt_text'),
      assetType: showText(one, 'asset_type'),
    })),
    assets: {
      heroImage: showText(document, 'assets', 'hero_image'),
      documentation: showText(document, 'assets', 'documentation'),
      termsOfUse: showText(document, 'assets', 'terms_of_use'),
      images: showTexts(document, 'assets', 'images'),
    },
    tags: showTexts(document, 'tags'),
  };
}

/** A description; a plain text is the full text. */
export function readDescription(value: JsonValue | undefined): MetadataDescription {
  if (typeof value === 'string') return { url: '', shortDescription: '', description: value };
  return {
    url: showText(value, 'url'),
    shortDescription: showText(value, 'short_description'),
    description: showText(value, 'description') || showText(value, 'long_description'),
  };
}

/** The contacts of an organization, current or older. */
export function readContacts(document: JsonObject): OrganizationContact[] {
  return peekList(document, 'contacts').map((one) => ({
    contactType: showText(one, 'contact_type'),
    email: showText(one, 'email') || showText(one, 'email_id'),
    phone: showText(one, 'phone'),
  }));
}

/** A text that is shown; empty when there is none. */
export function showText(value: JsonValue | undefined, ...steps: readonly string[]): string {
  const found = peek(value, ...steps);
  return typeof found === 'string' ? found : '';
}

/** Texts that are shown, without what is none. */
export function showTexts(value: JsonValue | undefined, ...steps: readonly string[]): string[] {
  return peekList(value, ...steps).filter((item) => typeof item === 'string');
}

// The web publisher may write numbers as texts.
function showNumber(value: JsonValue, step: string): number {
  const number = Number(peek(value, step) ?? 0);
  return Number.isSafeInteger(number) ? number : 0;
}
