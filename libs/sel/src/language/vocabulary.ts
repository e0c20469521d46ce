/** KEYWORDS are Java's: all reserved, although most have no meaning in SEL (spec 7.1). */
export const KEYWORDS: ReadonlySet<string> = new Set(
  `abstract boolean break byte case catch char class const continue default do double else extends false final finally
  float for goto if implements import instanceof int interface long native new null package private protected public
  return short static super switch synchronized this throw throws transient true try void volatile while`.split(/\s+/),
);

/** PRIMITIVES are the keywords that are types. */
export const PRIMITIVES: ReadonlySet<string> = new Set(['boolean', 'int', 'long', 'float', 'double']);

/** ASSIGNMENTS are the operators that assign. */
export const ASSIGNMENTS: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '%=']);
