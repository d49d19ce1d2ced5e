/**
 * Key of a model. Services name their models themselves, and the daemons of a group share one store;
 * both ids are percent-encoded, so that neither can reach into another's.
 *
 * @throws URIError when an id is not well-formed text
 */
export function modelKey({ serviceId, modelId }: { serviceId: string; modelId: string }): string {
  return `model/${encodeURIComponent(serviceId)}/${encodeURIComponent(modelId)}`;
}
