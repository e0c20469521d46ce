import { MaestroError, type FieldViolation, type ParamDefinition, type ParamDefinitions } from '@maestro/domain';
import { defined } from './record.js';

/**
 * cleanParams finishes merged definitions (spec 2.3, rule 8): OPTIONAL params without a value vanish, also maps that end up
 * empty; any other param without a value is an error; internal modes are stripped. Throws MaestroError INVALID_PARAM
 * that lists all missing params.
 */
export function cleanParams(definitions: ParamDefinitions): ParamDefinitions {
  const violations: FieldViolation[] = [];
  const cleaned = cleanAll(definitions, 'params', violations);
  const [first] = violations;
  if (first) throw new MaestroError('INVALID_PARAM', `${first.path} ${first.message}`, { violations });
  return cleaned;
}

function cleanAll(definitions: ParamDefinitions, path: string, violations: FieldViolation[]): ParamDefinitions {
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, definition]): [string, ParamDefinition][] => {
      const cleaned = cleanOne(definition, `${path}.${name}`, violations);
      return cleaned === undefined ? [] : [[name, cleaned]];
    }),
  );
}

function cleanOne(raw: ParamDefinition, path: string, violations: FieldViolation[]): ParamDefinition | undefined {
  const definition =
    raw.type === 'MAP' && raw.value !== undefined ? { ...raw, value: cleanAll(raw.value, path, violations) } : raw;
  const optional = raw.internalMode === 'OPTIONAL';
  if (optional && (isEmpty(definition) || isEmptyMap(definition))) return undefined;
  if (isEmpty(definition)) {
    violations.push({ path, message: 'is required and has neither a value nor an expression' });
  }
  return defined({ ...definition, internalMode: undefined }) as ParamDefinition;
}

function isEmpty({ value, expression }: ParamDefinition): boolean {
  return value === undefined && expression === undefined;
}

function isEmptyMap({ type, value }: ParamDefinition): boolean {
  return (type === 'MAP' || type === 'STRING_MAP') && value !== undefined && Object.keys(value).length === 0;
}
