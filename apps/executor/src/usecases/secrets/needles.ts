/** A line of a longer secret (a key file) that is long enough to be one by itself. */
const MIN_LINE_CHARS = 8;

/**
 * needlesOf are the texts to look for so that a secret is found however it was written: as it is, line by line, escaped in
 * JSON or in a URL, in base64. They are UTF-8 bytes held as latin1, a character a byte.
 */
export function needlesOf(secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((secret) => [secret, ...linesOf(secret)]).flatMap(formsOf);
  return [...new Set(forms)].map((form) => Buffer.from(form, 'utf8').toString('latin1'));
}

function linesOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= MIN_LINE_CHARS);
}

function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    base64.replace(/=+$/, ''),
    Buffer.from(secret, 'utf8').toString('base64url'),
  ];
}
