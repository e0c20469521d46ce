/** Either an escaped dollar sign, or `${name}`, or `$name` (spec 2.4). */
const REFERENCE = /\$\$|\$\{([a-zA-Z][-_./a-zA-Z0-9]*)\}|\$([a-zA-Z][_a-zA-Z0-9]*)/g;

/**
 * renderTemplate replaces `$name` and `${name}` by what `textOf` answers; `$$` stands for one dollar sign. `offset` is where the
 * reference begins. One pass: what
 * is put in is not looked at again.
 */
export function renderTemplate(text: string, textOf: (name: string, offset: number) => string): string {
  if (!text.includes('$')) return text;
  return text.replace(REFERENCE, (_match, braced: string | undefined, bare: string | undefined, offset: number) => {
    const name = braced ?? bare;
    return name === undefined ? '$' : textOf(name, offset);
  });
}

/** escapeTemplate writes text so that `renderTemplate` gives it back unchanged. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('$', '$$$$');
}
