import { createHash } from 'node:crypto';
import {
  MaestroError,
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  type FieldViolation,
  type JsonObject,
  type SignalParamValue,
  type SignalStep,
} from '@maestro/domain';
import { constrainedNameProblem } from '@maestro/dsl';
import { exactJsonText } from '@maestro/wire';
import type { Announcement } from '../ports/announcement.js';

/** Limits of an announcement: values are compared and indexed, and the whole travels in one event. */
export const MAX_SIGNAL_PARAMS = 64;
export const MAX_SIGNAL_VALUE_CHARS = 1_024;
export const MAX_SIGNAL_PAYLOAD_BYTES = 128 * 1024;

/** Ask is an announcement as it is asked for. */
export interface Ask {
  /** Empty: what makes it idempotent is its name and params. */
  readonly requestId: string;
  readonly name: string;
  readonly params: Readonly<Record<string, SignalParamValue>>;
  readonly payload: JsonObject;
  readonly requestTime?: number;
  readonly announcedBy?: string;
  readonly tenant: string;
  /** The attempt of a step that announces it. */
  readonly source?: SignalStep;
}

/** checkAnnouncement makes an announcement of what is asked for. Throws INVALID_REQUEST with every violation. */
export function checkAnnouncement({ requestId, ...ask }: Ask): Announcement {
  const violations = [
    ...nameViolations(ask.name),
    ...paramViolations(ask.params),
    ...sizeViolations(requestId, ask.payload),
  ];
  const [first] = violations;
  if (first !== undefined) {
    const message = `The announcement is not valid: ${first.path} ${first.message}`;
    throw new MaestroError('INVALID_REQUEST', message, { violations });
  }
  if (requestId !== '') return { ...ask, instanceId: requestId };
  const contentKey = contentKeyOf(ask.name, ask.params);
  return { ...ask, instanceId: contentKey, contentKey };
}

/** contentKeyOf stands for a name and params in any order: the same are announced once (spec part 2, §3.2). */
export function contentKeyOf(name: string, params: Ask['params']): string {
  const sorted = Object.fromEntries(Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1)));
  return createHash('sha256')
    .update(exactJsonText({ name, params: sorted }))
    .digest('hex')
    .slice(0, 32);
}

function nameViolations(name: string): readonly FieldViolation[] {
  const problem = constrainedNameProblem(name);
  return problem === undefined ? [] : [{ path: 'name', message: problem }];
}

function paramViolations(params: Ask['params']): readonly FieldViolation[] {
  const count = Object.keys(params).length;
  const many =
    count > MAX_SIGNAL_PARAMS
      ? [{ path: 'params', message: `has ${count} members; at most ${MAX_SIGNAL_PARAMS} are allowed` }]
      : [];
  return [...many, ...Object.entries(params).flatMap(([name, value]) => oneParamViolations(name, value))];
}

function oneParamViolations(name: string, value: SignalParamValue): readonly FieldViolation[] {
  const path = `params.${name.slice(0, MAX_ID_LENGTH)}`;
  if (name === '' || name.length > MAX_ID_LENGTH) {
    return [{ path, message: `has a name of ${name.length} characters; it must have 1 to ${MAX_ID_LENGTH}` }];
  }
  if (typeof value !== 'string' || value.length <= MAX_SIGNAL_VALUE_CHARS) return [];
  return [{ path, message: `has ${value.length} characters; at most ${MAX_SIGNAL_VALUE_CHARS} are allowed` }];
}

function sizeViolations(requestId: string, payload: JsonObject): readonly FieldViolation[] {
  const violations: FieldViolation[] = [];
  if (requestId.length > MAX_NAME_LENGTH || requestId.includes('\0')) {
    violations.push({ path: 'request_id', message: `must be text of at most ${MAX_NAME_LENGTH} characters` });
  }
  const bytes = Buffer.byteLength(exactJsonText(payload));
  if (bytes > MAX_SIGNAL_PAYLOAD_BYTES) {
    violations.push({
      path: 'payload',
      message: `has ${bytes} bytes of JSON; at most ${MAX_SIGNAL_PAYLOAD_BYTES} are allowed`,
    });
  }
  return violations;
}
