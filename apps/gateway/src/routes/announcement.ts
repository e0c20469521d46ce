import type { FieldViolation, Json, JsonObject, SignalParamValue } from '@maestro/domain';
import { MaestroError } from '@maestro/domain';

/** Announcement is the body of an announced signal; keys that mean nothing here are its payload. */
export interface Announcement {
  readonly name: string;
  readonly requestId: string;
  readonly requestTime: bigint;
  readonly params: Readonly<Record<string, SignalParamValue>>;
  readonly payload: JsonObject;
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function readParams(json: Json | undefined, violations: FieldViolation[]): Announcement['params'] {
  if (json === undefined || json === null) return {};
  if (!isObject(json)) {
    violations.push({ path: 'params', message: 'must be an object' });
    return {};
  }
  const wrong = Object.entries(json).filter(([, value]) => typeof value !== 'string' && typeof value !== 'bigint');
  for (const [name] of wrong) violations.push({ path: `params.${name}`, message: 'must be text or a whole number' });
  return json as Announcement['params'];
}

/** readAnnouncement throws INVALID_REQUEST with every violation. */
export function readAnnouncement(body: Json): Announcement {
  if (!isObject(body)) throw refusal([{ path: '', message: 'must be an object' }]);
  const { name, params, request_id: requestId = '', request_time: requestTime = 0n, ...payload } = body;
  const violations: FieldViolation[] = [];
  if (typeof name !== 'string' || name === '') violations.push({ path: 'name', message: "must be the signal's name" });
  if (typeof requestId !== 'string') violations.push({ path: 'request_id', message: 'must be text' });
  if (typeof requestTime !== 'bigint')
    violations.push({ path: 'request_time', message: 'must be milliseconds since the epoch' });
  const read = readParams(params, violations);
  if (violations.length > 0) throw refusal(violations);
  return {
    name: name as string,
    requestId: requestId as string,
    requestTime: requestTime as bigint,
    params: read,
    payload,
  };
}

function refusal(violations: readonly FieldViolation[]): MaestroError {
  const [first] = violations;
  const where = first?.path === '' ? '' : `${first?.path}: `;
  return new MaestroError('INVALID_REQUEST', `the signal is not valid: ${where}${first?.message}`, { violations });
}
