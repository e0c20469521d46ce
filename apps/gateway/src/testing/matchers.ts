/** containing matches an object that has at least these fields; jest's own matchers are of type any. */
export const containing = (fields: object): unknown => expect.objectContaining(fields);
/** textLike matches a text. */
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
/** something matches whatever is there. */
export const something = (): unknown => expect.anything();
/** anInteger matches a whole number as our JSON reads it. */
export const anInteger = (): unknown => expect.any(BigInt);
