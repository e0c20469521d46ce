import {
  MAX_PARAMS_CHARS,
  type Millis,
  type Param,
  type ParamDefinition,
  type ParamDefinitions,
  type Params,
} from '@maestro/domain';
import { convert, type Converted } from '../conversion.js';
import { outcomeOf, ParamFailure, type Exhausted, type Failed, type ParamViolation } from '../failure.js';
import { paramValueToJson } from '../param-text.js';
import { own } from '../record.js';
import { NO_OWN_PARAMS, toolsFor, type ToolsRequest } from '../tools.js';
import { checkValue } from '../validators/check-value.js';
import { literalValue } from './literal-value.js';
import { mergeValues } from './merge-values.js';

/** OutputsRequest is what a step's work returned; the rest is for validators that are expressions. */
export interface OutputsRequest extends ToolsRequest {
  /** The evaluated params of the step. */
  readonly params: Params;
  readonly outputs: ParamDefinitions;
  /** Becomes `evaluatedTime`. */
  readonly at: Millis;
}

/** OutputsOutcome holds the params of the step with its outputs, or every output that is not accepted. */
export type OutputsOutcome = { readonly kind: 'params'; readonly params: Params } | Exhausted | Failed;

/**
 * applyOutputs puts returned params over the step's own (spec 2.9): each has to be declared, MUTABLE, of its declared type or
 * convertible to it, and pass its validator; maps are merged key by key, anything else is replaced. Text in outputs is not
 * interpolated. All params together stay within MAX_PARAMS_CHARS.
 */
export function applyOutputs(request: OutputsRequest): OutputsOutcome {
  const { params, outputs } = request;
  const applied = new Map(Object.entries(params));
  const violations: ParamViolation[] = [];
  for (const [name, output] of Object.entries(outputs)) {
    const result = applyOne(request, name, own(params, name), output);
    if ('kind' in result) return result;
    if ('violations' in result) violations.push(...result.violations);
    else applied.set(name, result);
  }
  if (violations.length > 0) return { kind: 'error', violations };
  const answer = Object.fromEntries(applied);
  return Object.keys(outputs).length === 0 ? { kind: 'params', params } : withinLimit(answer);
}

type Applied = Param | Exhausted | Pick<Failed, 'violations'>;

function applyOne(request: OutputsRequest, name: string, param: Param | undefined, output: ParamDefinition): Applied {
  if (!param) return wrong(name, "is not declared by the step: add it to the step's params");
  const { definition } = param;
  if ((definition.mode ?? 'MUTABLE') !== 'MUTABLE')
    return wrong(name, `has mode ${definition.mode} and cannot be returned`);
  const given = literalValue(output);
  if (given === undefined) return wrong(name, 'has no value');
  const converted = convert(given, definition.type);
  if (!converted) return wrong(name, `is of type ${definition.type}: a ${output.type} cannot be converted to it`);
  const merged = mergeValues(param, converted.value, name);
  if (merged.kind === 'error') return { violations: merged.violations };
  return checked(request, name, param, { ...converted, value: merged.value });
}

function wrong(path: string, message: string): Pick<Failed, 'violations'> {
  return { violations: [{ path, message }] };
}

function checked(request: OutputsRequest, name: string, { definition }: Param, { value, note }: Converted): Applied {
  try {
    checkValue(toolsFor(request, NO_OWN_PARAMS), name, definition, value);
  } catch (error) {
    const outcome = outcomeOf(error);
    return outcome.kind === 'exhausted' ? outcome : { violations: outcome.violations };
  }
  const meta = note ? { meta: { ...definition.meta, [note.level]: note.message } } : {};
  return {
    definition: { ...definition, ...meta, source: 'OUTPUT_PARAMETER' },
    evaluatedResult: value,
    evaluatedTime: request.at,
  };
}

function withinLimit(params: Params): OutputsOutcome {
  let chars = 0;
  for (const [name, { evaluatedResult }] of Object.entries(params)) {
    chars += name.length + (evaluatedResult === undefined ? 0 : paramValueToJson(evaluatedResult).length);
    if (chars <= MAX_PARAMS_CHARS) continue;
    const message = `makes the params of the step larger than ${MAX_PARAMS_CHARS} characters of JSON`;
    return { kind: 'error', violations: [new ParamFailure({ path: name, message }).violation] };
  }
  return { kind: 'params', params };
}
