/**
 * Shows a text in an error message. Long ones are told by their length only: a private key or a
 * mnemonic that was pasted into the wrong place is longer than anything that belongs there.
 */
export function quote(text: string, maxLength = 60): string {
  return text.length <= maxLength ? JSON.stringify(text) : `${text.length} characters`;
}
