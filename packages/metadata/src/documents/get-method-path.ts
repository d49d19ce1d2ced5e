/** The path of a method, which is its key in the price list of the daemon (protocol/metadata.md 3.3). */
export function getMethodPath(method: {
  /** Empty when the proto has no package. */
  readonly packageName: string;
  readonly serviceName: string;
  readonly methodName: string;
}): string {
  const { packageName, serviceName, methodName } = method;
  return `/${packageName === '' ? '' : `${packageName}.`}${serviceName}/${methodName}`;
}
