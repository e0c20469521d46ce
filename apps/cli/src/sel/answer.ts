import {
  dataJson,
  SelArray,
  SelMap,
  SelObject,
  typeOf,
  VOID,
  type SelError,
  type SelErrorKind,
  type SelResult,
} from '@maestro/sel';

/**
 * Problem is why there is no value. `input` is a request that could not be read, `internal` a defect of the language itself; line
 * and column count from 1.
 */
export interface Problem {
  readonly kind: SelErrorKind | 'input' | 'internal';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Answer is what became of one expression. */
export type Answer =
  /** `json` keeps every digit of a LONG; a value that JSON has no form for is a string, as in texts. */
  | { readonly kind: 'value'; readonly json: string; readonly type: string }
  | { readonly kind: 'error'; readonly error: Problem };

/** valueAnswer shows a value. */
export function valueAnswer(value: SelResult): Answer {
  return { kind: 'value', json: jsonOf(value), type: typeOf(value) };
}

/** errorAnswer shows an error of the language. */
export function errorAnswer({ kind, message, line, column }: SelError): Answer {
  return problemAnswer({ kind, message, line, column });
}

/** problemAnswer shows what is wrong. */
export function problemAnswer(error: Problem): Answer {
  return { kind: 'error', error };
}

/** answerJson is an answer on one line, as batches write it. */
export function answerJson(answer: Answer): string {
  if (answer.kind === 'value') return `{"value":${answer.json},"type":${JSON.stringify(answer.type)}}`;
  const { kind, message, line, column } = answer.error;
  return JSON.stringify({ error: { kind, message, line, column } });
}

function jsonOf(value: SelResult): string {
  if (value === VOID) return 'null';
  if (value instanceof SelObject) return dataJson(value.text());
  if (value instanceof SelArray) return `[${value.items.map((item) => dataJson(item)).join(',')}]`;
  if (!(value instanceof SelMap)) return dataJson(value);
  return `{${[...value.entries].map(([key, item]) => `${dataJson(key)}:${jsonOf(item)}`).join(',')}}`;
}
