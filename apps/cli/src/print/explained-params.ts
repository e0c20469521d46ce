import type { FieldViolation, Json, JsonObject } from '@maestro/domain';
import { locateViolations, paramDefinitionsToJson, stringifyJson } from '@maestro/dsl';
import { paramValueToJson, type MergeTouch, type ParamViolation } from '@maestro/params';
import type { Cli, Colors } from '../cli.js';
import type { DefinitionFile } from '../definition-file.js';
import { isProblem, type ExplainedValue, type Explanation } from '../explain/explain-params.js';
import { prettyJson } from './json.js';
import type { Output } from './output.js';
import { problemText as sourceProblemText } from './source-problem.js';
import { tableOf } from './table.js';
import { cut } from './width.js';
import { yamlOf } from './yaml.js';

const MAX_VALUE = 60;
const HEADINGS = ['PARAM', 'TYPE', 'VALUE', 'MODE', 'SOURCE', 'MERGED'];

/** printExplanation shows params with their values and history, and what is wrong with them: in the file, if there is one. */
export function printExplanation(
  { terminal, colors }: Cli,
  output: Output,
  explanation: Explanation,
  file?: DefinitionFile,
): void {
  if (output === 'json') return terminal.out(prettyJson(explanationJson(explanation)));
  if (output === 'yaml') return terminal.out(yamlOf(explanationJson(explanation)));
  terminal.out(
    tableOf(
      HEADINGS,
      explanation.values.map((each) => rowOf(each, colors)),
      colors,
    ),
  );
  if (file === undefined) for (const problem of explanation.problems) terminal.err(problemText(problem, colors));
  else for (const problem of placed(explanation.problems, file)) terminal.err(sourceProblemText(file, problem, colors));
}

function rowOf({ name, definition, value, missing, touches }: ExplainedValue, colors: Colors): readonly string[] {
  const { type, mode = 'MUTABLE', internalMode, source = '' } = definition;
  const shown = value === undefined ? colors.dim(absent(missing)) : cut(paramValueToJson(value), MAX_VALUE);
  const modes = internalMode === undefined ? mode : `${mode} ${internalMode}`;
  return [name, type, shown, modes, source, mergedText(touches)];
}

/** absent says why there is no value, in a word or two. */
function absent(missing: ParamViolation | undefined): string {
  if (missing === undefined) return '(not set)';
  return isProblem(missing) ? '(wrong)' : '(known in a run)';
}

/** mergedText is every layer that named a param, lowest first. */
function mergedText(touches: readonly MergeTouch[]): string {
  const notes: Readonly<Record<MergeTouch['effect'], string>> = {
    added: '',
    changed: '',
    same: ' (the same)',
    refused: ' (refused)',
  };
  return touches.map(({ layer, effect }) => layer + notes[effect]).join(' -> ');
}

/** Where expressions stand in the text of the definition. */
function placed(problems: readonly ParamViolation[], { text, format }: DefinitionFile): readonly FieldViolation[] {
  const inside = problems.map(({ line, column = 1, ...problem }) =>
    line === undefined ? problem : { ...problem, within: { line, column } },
  );
  return locateViolations(inside, text, format);
}

function problemText({ path, message, line, column, excerpt }: ParamViolation, colors: Colors): string {
  const place = [path, line, column].filter((part) => part !== undefined).join(':');
  const lines = excerpt === undefined ? [] : excerpt.split('\n').map((each) => `    ${each}\n`);
  return `${colors.bold(place)} ${message}\n${lines.join('')}`;
}

function explanationJson({ values, problems }: Explanation): string {
  const params = Object.fromEntries(values.map((each) => [each.name, paramJson(each)]));
  const parts = [`"params":${objectText(params)}`, `"problems":${stringifyJson(problems.map(violationJson))}`];
  return `{${parts.join(',')}}`;
}

function objectText(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([name, text]) => `${stringifyJson(name)}:${text}`)
    .join(',')}}`;
}

/** Values are written as in texts, so that every digit stays. */
function paramJson({ name, definition, value, missing, touches }: ExplainedValue): string {
  const { type, mode = 'MUTABLE', internalMode, source } = definition;
  return objectText({
    type: stringifyJson(type),
    ...(value !== undefined && { value: paramValueToJson(value) }),
    ...(missing !== undefined && { missing: stringifyJson(missing.message) }),
    mode: stringifyJson(mode),
    ...(internalMode !== undefined && { internal_mode: stringifyJson(internalMode) }),
    ...(source !== undefined && { source: stringifyJson(source) }),
    merged: stringifyJson(touches.map((touch) => touchJson(name, touch))),
  });
}

function touchJson(name: string, { layer, given, effect }: MergeTouch): JsonObject {
  return { layer, effect, definition: paramDefinitionsToJson({ [name]: given })[name] };
}

function violationJson({ path, message, line, column, kind, excerpt }: ParamViolation): JsonObject {
  const count = (value: number | undefined): Json | undefined => (value === undefined ? undefined : BigInt(value));
  return { path, message, kind, line: count(line), column: count(column), excerpt };
}
