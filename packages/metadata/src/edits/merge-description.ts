import type { JsonObject } from '@snetkit/core';

/** Texts about a service or an organization; what is not given stays as it is, `null` takes it away. */
export interface DescriptionTexts {
  readonly url?: string | null | undefined;
  /** One line. */
  readonly shortDescription?: string | null | undefined;
  /** The full text. */
  readonly description?: string | null | undefined;
}

/** Writes texts into a description. */
export function mergeDescription(
  old: JsonObject,
  { url, shortDescription, description }: DescriptionTexts,
  more: Readonly<Record<string, string | null | undefined>> = {},
): JsonObject {
  const changes = { url, short_description: shortDescription, description, ...more };
  const merged: JsonObject = { ...old };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = value;
  }
  return merged;
}
