import { extname } from 'node:path';
import { MaestroError } from '@maestro/domain';
import type { DefinitionFormat } from '@maestro/dsl';
import { ApiError } from './api/api-error.js';
import type { Content } from './api/client.js';
import type { Cli } from './cli.js';
import { problemText, type Source } from './print/source-problem.js';
import { readTextFile } from './text-file.js';

/** DefinitionFile is the text of a definition as it was found. */
export interface DefinitionFile extends Source {
  readonly format: DefinitionFormat;
}

const STDIN = '-';
const FORMATS: Readonly<Record<string, DefinitionFormat>> = { '.json': 'json', '.yaml': 'yaml', '.yml': 'yaml' };

/** readDefinitionFiles reads files, and the standard input for `-`. @throws UsageError for what cannot be read */
export async function readDefinitionFiles(cli: Cli, names: readonly string[]): Promise<DefinitionFile[]> {
  const files: DefinitionFile[] = [];
  for (const name of names) {
    const text = name === STDIN ? await cli.terminal.readStdin() : readTextFile(name);
    const format = FORMATS[extname(name).toLowerCase()] ?? (/^\s*\{/.test(text) ? 'json' : 'yaml');
    files.push({ name: name === STDIN ? '<stdin>' : name, text, format });
  }
  return files;
}

/** definitionContent is the request body of a definition: the text itself, so that the server can name lines of it. */
export function definitionContent({ format, text }: DefinitionFile): Content {
  return { text, type: `application/${format}` };
}

/** yamlSuffix is the end of a path that has a form of its own for YAML. */
export function yamlSuffix({ format }: DefinitionFile): string[] {
  return format === 'yaml' ? ['yaml'] : [];
}

/** reportProblems prints what the server said about a text; returns false when the error is about something else. */
export function reportProblems({ terminal, colors }: Cli, file: DefinitionFile, error: unknown): boolean {
  if (!(error instanceof ApiError) || error.violations.length === 0) return false;
  for (const violation of error.violations) terminal.err(problemText(file, violation, colors));
  return true;
}

/** reportRefusal is the same for what this command itself found wrong with a text. */
export function reportRefusal({ terminal, colors }: Cli, file: DefinitionFile, error: unknown): boolean {
  if (!(error instanceof MaestroError)) return false;
  const problems = error.violations.length > 0 ? error.violations : [{ path: '', message: error.message }];
  for (const problem of problems) terminal.err(problemText(file, problem, colors));
  return true;
}
