import type { Answer } from '../api/client.js';
import type { Cli } from '../cli.js';
import { prettyJson } from './json.js';
import { yamlOf } from './yaml.js';

/** OUTPUTS are the forms of `-o`. */
export const OUTPUTS = ['table', 'json', 'yaml'] as const;
export type Output = (typeof OUTPUTS)[number];

/** printAnswer writes the API's body as it is (json, yaml), or what a person wants to see of it. */
export function printAnswer<T>(cli: Cli, output: Output, answer: Answer<T>, table: (body: T) => string): void {
  switch (output) {
    case 'json':
      return cli.terminal.out(prettyJson(answer.text));
    case 'yaml':
      return cli.terminal.out(yamlOf(answer.text));
    case 'table':
      return cli.terminal.out(table(answer.body));
  }
}
