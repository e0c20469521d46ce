/** jsonMap reads the text of a secret that has keys; undefined when it is no JSON (the reason would quote the secret). */
export function jsonMap(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
