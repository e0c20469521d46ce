/** What terminals understand but do not show. */
const INVISIBLE = /\u001B\[[0-9;?]*[A-Za-z]/g;

/** plain is text without colours. */
export function plain(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** pad fills text with blanks up to a width in columns; colours do not count. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - plain(text).length));
}

/** cut shortens plain text to a width and shows that it did. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** oneLine is a text without its line breaks. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
