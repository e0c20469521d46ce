import type { Cli } from '../cli.js';
import { answerJson, type Answer } from '../sel/answer.js';
import { prettyJson } from './json.js';
import type { Output } from './output.js';
import { problemText } from './source-problem.js';
import { yamlOf } from './yaml.js';

/** Longer values are shown over several lines. */
const MAX_LINE = 80;

/** printAnswer shows what became of an expression: to a person the value and its type, or the place of what is wrong. */
export function printAnswer({ terminal, colors }: Cli, output: Output, text: string, answer: Answer): void {
  if (output === 'json') return terminal.out(prettyJson(answerJson(answer)));
  if (output === 'yaml') return terminal.out(yamlOf(answerJson(answer)));
  if (answer.kind === 'value') {
    const shown = answer.json.length > MAX_LINE ? prettyJson(answer.json).trimEnd() : answer.json;
    return terminal.out(`${shown}  ${colors.dim(answer.type)}\n`);
  }
  const { kind, message, line, column } = answer.error;
  terminal.err(problemText({ name: 'expression', text }, { path: kind, message, line, column }, colors));
}
