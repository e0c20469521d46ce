import { MAX_PARAMS_CHARS, type ParamDefinition, type ParamType, type ParamValue } from '@maestro/domain';
import { exportData, HostError, typeOf, type SelResult } from '@maestro/sel';
import { convert, type Converted } from './conversion.js';
import { evaluateExpression, spend, type EvaluationTools } from './evaluate-expression.js';
import { ParamFailure, reasonOf } from './failure.js';
import { positionIn } from './position.js';
import { paramValueToText } from './param-text.js';
import { mapRecord } from './record.js';
import { toParamValue } from './sel-conversion.js';
import { renderTemplate } from './template.js';
import { checkValue } from './validators/check-value.js';

/** Putting this many characters into a text costs one unit of fuel. */
const CHARS_PER_UNIT = 64;
/** Evaluating a definition costs this many units beside its expression. */
const UNITS_PER_DEFINITION = 4;

/** evaluateDefinition evaluates a literal or expression and holds it against its validator; throws ParamFailure and LimitReached. `path` names the param. */
export function evaluateDefinition(tools: EvaluationTools, path: string, definition: ParamDefinition): Converted {
  spend(tools, UNITS_PER_DEFINITION);
  const converted = evaluateUnchecked(tools, path, definition);
  checkValue(tools, path, definition, converted.value);
  return converted;
}

function evaluateUnchecked(tools: EvaluationTools, path: string, definition: ParamDefinition): Converted {
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
  const value = valueOf(result);
  const converted = value === undefined ? undefined : convert(value, type);
  if (converted) return converted;
  const message = `is expected to be a ${type} but its expression gave ${shown(result, value)}`;
  throw new ParamFailure({ path, message, ...positionIn(expression, expression.search(/\S/)) });
}

/** A value that a param may hold: no NULL, also within, and none of the library's objects. */
function valueOf(result: SelResult): ParamValue | undefined {
  const data = exportData(result);
  return data === undefined ? undefined : toParamValue(data);
}

function shown(result: SelResult, value: ParamValue | undefined): string {
  const type = typeOf(result);
  if (typeof value === 'string') return `a ${type} ${JSON.stringify(value.slice(0, 40))}`;
  const holdsNull = value === undefined && (type === 'MAP' || type.endsWith('_ARRAY'));
  return `${type === 'EMPTY_ARRAY' ? 'an' : 'a'} ${type}${holdsNull ? ' that holds NULL' : ''}`;
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
  return renderTemplate(text, (name, offset) => {
    const inserted = referenceText(tools, path, { name, text, offset });
    spend(tools, 1 + inserted.length / CHARS_PER_UNIT);
    chars += inserted.length;
    if (chars > MAX_PARAMS_CHARS) throw tooLong(path);
    return inserted;
  });
}

/** Reference is a name in a text, and where it stands. */
interface Reference {
  readonly name: string;
  readonly text: string;
  readonly offset: number;
}

function referenceText(tools: EvaluationTools, path: string, { name, text, offset }: Reference): string {
  const value = resolved(tools, path, { name, text, offset });
  if (value !== undefined) return paramValueToText(value);
  const message = `cannot be interpolated, as param [${name}] is not found`;
  throw new ParamFailure({ path, message, ...positionIn(text, offset), kind: 'host', unknownName: name });
}

function resolved(tools: EvaluationTools, path: string, { name, text, offset }: Reference): ParamValue | undefined {
  try {
    return tools.references.resolve(name);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new ParamFailure({ path, message: error.message, ...positionIn(text, offset), ...reasonOf(error) });
  }
}

function tooLong(path: string): ParamFailure {
  return new ParamFailure({ path, message: `is longer than ${MAX_PARAMS_CHARS} characters when interpolated` });
}
