/**
 * Removes what must not be shown from a text that others wrote: everything of a URL but its scheme
 * and host (providers put API keys there), bearer and JSON web tokens, signatures, and 32-byte
 * hexadecimal numbers, because a private key cannot be told from a hash.
 */
export function redact(text: string): string {
  return text
    .replace(
      /\b(https?|wss?):\/\/(?:[^\s/?#@"'<>]*@)?([^\s/?#@"'<>]+)[^\s"'<>]*/gi,
      (url: string, scheme: string, host: string) => {
        const bare = `${scheme}://${host}`;
        return url === bare || url === `${bare}/` ? url : `${bare}/[hidden]`;
      },
    )
    .replace(/\b(Bearer|Basic) [\w+/=.~-]{16,}/gi, '$1 [hidden]')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[hidden]')
    .replace(/\b(?:0x)?(?:[0-9a-f]{130,}|[0-9a-f]{64})\b/gi, '[hidden]');
}
