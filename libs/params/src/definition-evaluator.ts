import { MAX_PARAMS_CHARS, type ParamDefinition, type ParamType, type ParamValue } from '@maestro/domain';
import {
  evaluateMetered,
  HostError,
  SelError,
  typeOf,
  type Compiled,
  type Compiler,
  type Scope,
  type SelValue,
  type Tank,
} from '@maestro/sel';
import { convert, type Converted } from './conversion.js';
import { LimitReached, ParamFailure, reasonOf, selFailure } from './failure.js';
import { paramValueToText } from './param-text.js';
import { mapRecord } from './record.js';
import type { ReferenceResolver } from './reference-resolver.js';
import { renderTemplate } from './template.js';

/** Putting this many characters into a text costs one unit of fuel. */
const CHARS_PER_UNIT = 64;

/** EvaluationTools are what evaluating one definition needs. */
export interface EvaluationTools {
  readonly compiler: Compiler;
  readonly scope: Scope;
  readonly references: ReferenceResolver;
  readonly tank: Tank;
}

/** evaluateDefinition evaluates a literal or expression; throws ParamFailure and LimitReached. `path` names the param. */
export function evaluateDefinition(tools: EvaluationTools, path: string, definition: ParamDefinition): Converted {
  const { type, expression } = definition;
  if (expression !== undefined) return typedExpression(tools, path, { expression, type });
  if (definition.value === undefined)
    throw new ParamFailure({ path, message: 'has neither a value nor an expression' });
  return { value: evaluateLiteral(tools, path, definition) };
}

function typedExpression(
  tools: EvaluationTools,
  path: string,
  { expression, type }: { readonly expression: string; readonly type: ParamType },
): Converted {
  const result = evaluateExpression(tools, path, expression);
  const converted = convert(result, type);
  if (converted) return converted;
  const shown = typeof result === 'string' ? ` ${JSON.stringify(result.slice(0, 40))}` : '';
  throw new ParamFailure({
    path,
    message: `is expected to be a ${type} but its expression gave a ${typeOf(result)}${shown}`,
  });
}

/** evaluateExpression compiles and runs text; throws ParamFailure and LimitReached. */
export function evaluateExpression(tools: EvaluationTools, path: string, text: string): SelValue {
  const outcome = evaluateMetered(compileFor(tools, path, text), tools.scope, tools.tank);
  if (outcome.kind === 'exhausted') throw new LimitReached(outcome.limit);
  if (outcome.kind === 'error') throw selFailure(path, outcome.error);
  return outcome.value;
}

function compileFor(tools: EvaluationTools, path: string, text: string): Compiled {
  try {
    return tools.compiler.compile(text);
  } catch (error) {
    if (error instanceof SelError) throw selFailure(path, error);
    throw error;
  }
}

function evaluateLiteral(tools: EvaluationTools, path: string, definition: ParamDefinition): ParamValue {
  const render = (text: string): string => interpolateText(tools, path, text);
  switch (definition.type) {
    case 'STRING':
      return render(definition.value ?? '');
    case 'STRING_ARRAY':
      return (definition.value ?? []).map(render);
    case 'STRING_MAP':
      return Object.fromEntries(
        Object.entries(definition.value ?? {}).map(([key, text]) => [render(key), render(text)]),
      );
    case 'MAP':
      return mapRecord(
        definition.value ?? {},
        (child, key) => evaluateDefinition(tools, `${path}.${key}`, child).value,
      );
    case 'DOUBLE':
      return Number(definition.value);
    case 'DOUBLE_ARRAY':
      return (definition.value ?? []).map(Number);
    default:
      return definition.value as ParamValue;
  }
}

/** interpolateText fills `${name}` in; throws ParamFailure for names that are not found, and LimitReached. */
export function interpolateText(tools: EvaluationTools, path: string, text: string): string {
  let chars = text.length;
  return renderTemplate(text, (name) => {
    const inserted = referenceText(tools, path, name);
    tools.tank.fuel -= 1 + inserted.length / CHARS_PER_UNIT;
    if (tools.tank.fuel < 0) throw new LimitReached('fuel');
    chars += inserted.length;
    if (chars > MAX_PARAMS_CHARS) throw tooLong(path);
    return inserted;
  });
}

function referenceText(tools: EvaluationTools, path: string, name: string): string {
  try {
    const value = tools.references.resolve(name);
    if (value !== undefined) return paramValueToText(value);
  } catch (error) {
    if (error instanceof HostError) throw new ParamFailure({ path, message: error.message, ...reasonOf(error) });
    throw error;
  }
  const message = `cannot be interpolated, as param [${name}] is not found`;
  throw new ParamFailure({ path, message, kind: 'host', unknownName: name });
}

function tooLong(path: string): ParamFailure {
  return new ParamFailure({ path, message: `is longer than ${MAX_PARAMS_CHARS} characters when interpolated` });
}
