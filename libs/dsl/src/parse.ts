import {
  MAX_DEFINITION_BYTES,
  MaestroError,
  type FieldViolation,
  type PushRequest,
  type TextPosition,
} from '@maestro/domain';
import { SelError } from '@maestro/sel';
import { contentProblems, type ContentChecks } from './checks/content.js';
import { checkPushRequest } from './checks/push-request.js';
import { rawFromJson, SyntaxProblem } from './document/json-text.js';
import { Places } from './document/places.js';
import type { Raw } from './document/raw.js';
import { rawFromYaml, yamlDocument, yamlProblem } from './document/yaml-text.js';
import { isDsl, translate } from './dsl/workflow.js';
import { pushRequest } from './model/push-request.js';
import { refusal } from './read.js';
import { Cursor } from './reading/cursor.js';
import { pathOfText, pathText, ROOT, segments } from './reading/path.js';
import { independentOf, Problems, type Problem } from './reading/problems.js';
import { stepTypesOf, type ParseOptions } from './step-types.js';

/** DefinitionFormat is the language a definition is written in. */
export type DefinitionFormat = 'json' | 'yaml';

/** Source is a document that has been parsed. */
export interface Source {
  readonly raw: Raw;
  /** Looked up only when something is wrong: finding places costs more than reading. */
  readonly places: () => Places;
}

/** checkSize: throws REQUEST_TOO_LARGE. */
export function checkSize(text: string): void {
  const bytes = text.length > MAX_DEFINITION_BYTES ? text.length : new TextEncoder().encode(text).length;
  if (bytes > MAX_DEFINITION_BYTES)
    throw new MaestroError(
      'REQUEST_TOO_LARGE',
      `a definition may have ${MAX_DEFINITION_BYTES} bytes; this one has ${bytes}`,
      {
        metadata: { limit: String(MAX_DEFINITION_BYTES), size: String(bytes) },
      },
    );
}

function fromJson(text: string): Source {
  return { raw: rawFromJson(text), places: () => new Places(yamlDocument(text), text) };
}

function fromYaml(text: string): Source {
  const document = yamlDocument(text);
  const problems = document.errors.map((error) => yamlProblem(text, error));
  if (problems.length > 0) throw notYaml(problems);
  return { raw: rawFromYaml(document, text), places: () => new Places(document, text) };
}

function notYaml(problems: readonly SyntaxProblem[]): MaestroError {
  return refusal('INVALID_DEFINITION', 'the YAML', problems.map(syntaxViolation));
}

function syntaxViolation({ message, place }: SyntaxProblem): FieldViolation {
  return { path: '', message, ...place };
}

/** source parses a text; throws INVALID_DEFINITION with the places of what is not JSON or YAML. */
export function source(text: string, format: DefinitionFormat): Source {
  try {
    return format === 'json' ? fromJson(text) : fromYaml(text);
  } catch (error) {
    if (error instanceof SyntaxProblem)
      throw refusal('INVALID_DEFINITION', `the ${format.toUpperCase()}`, [syntaxViolation(error)]);
    throw error;
  }
}

/** Outcome is what could be read of a document, and all that is wrong with it, by paths of the document. */
interface Outcome {
  readonly request: PushRequest | undefined;
  readonly problems: readonly Problem[];
}

/** Asked is what a definition is held against. */
interface Asked {
  readonly stepTypes: ReadonlySet<string>;
  readonly content: ContentChecks;
}

function readModel(raw: Raw, { stepTypes, content }: Asked): Outcome {
  const [unreadable, checked] = [new Problems(), new Problems()];
  const request = pushRequest.read(new Cursor(raw, ROOT, { problems: unreadable, stepTypes }));
  if (request === undefined) return { request, problems: unreadable.list };
  checkPushRequest(request, checked, stepTypes);
  const found = [...checked.list, ...independentOf(contentProblems(request, content), checked.list)];
  return { request, problems: [...unreadable.list, ...independentOf(found, unreadable.list)] };
}

function readDsl(raw: Raw, asked: Asked): Outcome {
  const problems = new Problems();
  const translation = translate(new Cursor(raw, ROOT, { problems, stepTypes: asked.stepTypes }));
  const model = readModel(translation.raw, asked);
  const placed = model.problems.map((problem) => ({ ...problem, path: translation.origins.of(problem.path) }));
  return { request: model.request, problems: [...problems.list, ...independentOf(placed, problems.list)] };
}

/**
 * parsePushRequest reads the text of a definition: JSON, or YAML in the DSL or in the plain model.
 * @throws MaestroError INVALID_DEFINITION with every violation, its path, line and column; REQUEST_TOO_LARGE.
 */
export function parsePushRequest(text: string, format: DefinitionFormat, options: ParseOptions = {}): PushRequest {
  checkSize(text);
  const { raw, places } = source(text, format);
  const asked = { stepTypes: stepTypesOf(options), content: options.content ?? 'none' };
  const { request, problems } = format === 'yaml' && isDsl(raw) ? readDsl(raw, asked) : readModel(raw, asked);
  if (request !== undefined && problems.length === 0) return request;
  throw refusal('INVALID_DEFINITION', 'the definition', located(problems, places()));
}

/** Nobody reads more than this at once, and finding the place of each costs time. */
const MAX_VIOLATIONS = 500;

/** located adds places to problems. People read a text from top to bottom; so they hear of what is wrong with it in that order. */
export function located(problems: readonly Problem[], places: Places): FieldViolation[] {
  return problems
    .slice(0, MAX_VIOLATIONS)
    .map((problem) => locatedOne(problem, places))
    .sort((a: FieldViolation, b: FieldViolation) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function locatedOne({ path, within, ...problem }: Problem, places: Places): FieldViolation {
  const keys = segments(path);
  if (within === undefined) return { ...problem, path: pathText(path), ...places.of(keys) };
  const excerpt = problem.excerpt ?? excerptOf(places.textAt(keys), within);
  return {
    ...problem,
    within,
    ...(excerpt === undefined ? {} : { excerpt }),
    path: pathText(path),
    ...places.within(keys, within),
  };
}

function excerptOf(text: string | undefined, { line, column }: TextPosition): string | undefined {
  const before = text?.split('\n').slice(0, line - 1) ?? [];
  const offset = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return text === undefined || offset > text.length ? undefined : new SelError('host', '', text, offset).excerpt;
}

/**
 * locateViolations adds to what was found in a definition where that is written in its text. The text has been
 * parsed before.
 */
export function locateViolations(
  violations: readonly FieldViolation[],
  text: string,
  format: DefinitionFormat,
): readonly FieldViolation[] {
  const { raw, places } = source(text, format);
  const problems = violations.map(({ line: _line, column: _column, path, ...rest }) => ({
    ...rest,
    path: pathOfText(path),
  }));
  if (format !== 'yaml' || !isDsl(raw)) return located(problems, places());
  const { origins } = translate(new Cursor(raw, ROOT, { problems: new Problems(), stepTypes: stepTypesOf({}) }));
  return located(
    problems.map((problem) => ({ ...problem, path: origins.of(problem.path) })),
    places(),
  );
}
