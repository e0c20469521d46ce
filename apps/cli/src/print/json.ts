import { parse, stringify } from 'lossless-json';

/** prettyJson indents a body without touching its numbers: `9007199254740993` and `1.10` stay as they are. */
export function prettyJson(text: string): string {
  return `${stringify(parse(text), undefined, 2) ?? 'null'}\n`;
}
