/** Largest message in either direction; what is larger travels as a reference or in pages. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
