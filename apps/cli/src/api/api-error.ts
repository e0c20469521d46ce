import type { FieldViolation, Json } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';

/** ApiError is a refusal of the server, as it said it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly httpStatus: number,
    /** An error code such as WORKFLOW_NOT_FOUND; `HTTP_502` when something else than Maestro answered. */
    readonly code: string,
    message: string,
    readonly violations: readonly FieldViolation[],
    /** Lines of the answer that have no place in the input. */
    readonly details: readonly string[],
    /** The body as it came. */
    readonly body: string,
  ) {
    super(message);
  }
}

const MAX_SHOWN = 300;

/** apiErrorOf reads the error body `{status, message, errors, retryable}`, and what is none of ours as text. */
export function apiErrorOf(httpStatus: number, body: string): ApiError {
  const fields = objectOf(body);
  if (typeof fields?.['message'] !== 'string') {
    const said = body.trim() === '' ? 'no explanation' : body.trim().slice(0, MAX_SHOWN);
    return new ApiError(httpStatus, `HTTP_${httpStatus}`, `HTTP ${httpStatus}: ${said}`, [], [], body);
  }
  const violations = [...listOf(fields['violations']), ...listOf(fields['errors'])].flatMap(violationIn);
  const texts = listOf(fields['errors']).filter((each): each is string => typeof each === 'string');
  // For programs of the original the violations are repeated as texts.
  const details = violations.length > 0 ? [] : texts.filter((text) => text !== fields['message']);
  const code = [fields['code'], fields['status']].find((each): each is string => typeof each === 'string');
  return new ApiError(httpStatus, code ?? `HTTP_${httpStatus}`, fields['message'], violations, details, body);
}

type Fields = Readonly<Record<string, Json | undefined>>;

function objectOf(body: string): Fields | undefined {
  try {
    const json = parseJsonText(body);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isObject(json: Json | undefined): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

function violationIn(json: Json): FieldViolation[] {
  if (!isObject(json)) return [];
  const { path, message, line, column, excerpt } = json;
  if (typeof message !== 'string') return [];
  return [
    {
      path: typeof path === 'string' ? path : '',
      message,
      ...(typeof line === 'bigint' ? { line: Number(line) } : {}),
      ...(typeof column === 'bigint' ? { column: Number(column) } : {}),
      ...(typeof excerpt === 'string' ? { excerpt } : {}),
    },
  ];
}
