/** The name of a field in JSON: underscores go, the letter after each is raised. */
export function toJsonName(fieldName: string): string {
  return fieldName.replace(/_+([^_]?)/g, (_, letter: string) => raise(letter));
}

/** The name of the message that a map field stands for on the wire: `foo_bar` -> `FooBarEntry`. */
export function toMapEntryName(fieldName: string): string {
  const raised = fieldName.replace(/(?:^_*|_+)([^_]?)/g, (_, letter: string) => raise(letter));
  return `${raised}Entry`;
}

function raise(letter: string): string {
  return letter >= 'a' && letter <= 'z' ? letter.toUpperCase() : letter;
}
