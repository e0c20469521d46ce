import type { Json, JsonObject } from '@maestro/domain';
import { stringifyJson } from '@maestro/dsl';
import { cut, oneLine } from './width.js';

const MAX_VALUE = 100;

/** paramLines shows params: what they evaluated to, else what was written. */
export function paramLines(params: JsonObject | undefined): string[] {
  return Object.entries(params ?? {}).map(
    ([name, param]) => `  ${name} = ${cut(oneLine(paramText(param)), MAX_VALUE)}`,
  );
}

function paramText(param: Json | undefined): string {
  if (typeof param !== 'object' || param === null) return '';
  const { evaluated_result: result, value, expression } = param as JsonObject;
  if (result !== undefined) return valueText(result);
  return value === undefined ? `!${typeof expression === 'string' ? expression : ''}` : valueText(value);
}

function valueText(value: Json): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}

/** section is a heading with lines below it; nothing without lines. */
export function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${heading}\n${lines.map((line) => `${line}\n`).join('')}`;
}
