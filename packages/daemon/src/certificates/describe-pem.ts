/** What a text is that should have been something else in PEM; never any of its content. */
export function describePem(text: string): string {
  if (text.trim() === '') return 'an empty file';
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----/g)].map(([, label]) => label);
  if (labels.length > 0) return `PEM blocks: ${[...new Set(labels)].join(', ')}`;
  return text.includes('\0') ? 'binary data, perhaps DER' : 'no PEM block';
}
