import {
  MaestroError,
  type ErrorCode,
  type FieldViolation,
  type Initiator,
  type Json,
  type ParamDefinitions,
  type Properties,
  type PropertiesChange,
  type PushRequest,
  type RunStrategy,
  type InstanceRestartBody,
  type StartRequest,
  type StepRestartBody,
  type Tag,
  type TimeTrigger,
  type User,
} from '@maestro/domain';
import { checkPropertiesChange } from './checks/properties.js';
import { contentProblems } from './checks/content.js';
import { checkPushRequest } from './checks/push-request.js';
import { checkInstanceRestart, checkStepRestart } from './checks/restart-request.js';
import { checkStartRequest } from './checks/start-request.js';
import { TOO_DEEP } from './document/json-text.js';
import { isDeeperThan, MAX_NESTING } from './document/raw.js';
import { initiator } from './model/initiator.js';
import { paramDefinitions } from './model/params.js';
import { properties, propertiesChange } from './model/properties.js';
import { pushRequest } from './model/push-request.js';
import { instanceRestart, stepRestart } from './model/restart-request.js';
import { runStrategy } from './model/run-strategy.js';
import { startRequest } from './model/start-request.js';
import { tag } from './model/tag.js';
import { timeTriggers } from './model/triggers.js';
import { user } from './model/user.js';
import type { Codec } from './reading/codec.js';
import { Cursor } from './reading/cursor.js';
import { pathText, ROOT } from './reading/path.js';
import { independentOf, Problems, type Problem } from './reading/problems.js';
import { stepTypesOf, type ParseOptions, type ReadOptions } from './step-types.js';

/** refusal is the error that names every violation. */
export function refusal(code: ErrorCode, what: string, violations: readonly FieldViolation[]): MaestroError {
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new MaestroError(code, `${what} is not valid: ${where}${first?.message ?? ''}${more}`, { violations });
}

const violation = ({ path, ...problem }: Problem): FieldViolation => ({ ...problem, path: pathText(path) });

interface Target<T> {
  readonly codec: Codec<T>;
  readonly code: ErrorCode;
  readonly what: string;
  readonly check?: (value: T, problems: Problems) => void;
  /** Where in a larger document the value is, for messages. */
  readonly path?: string;
}

function read<T>(
  json: Json | undefined,
  { codec, code, what, check, path = '' }: Target<T>,
  options: ReadOptions = {},
): T {
  if (isDeeperThan(json, MAX_NESTING)) throw refusal(code, what, [{ path, message: TOO_DEEP }]);
  const problems = new Problems();
  const reading = { problems, stepTypes: stepTypesOf(options) };
  const value = codec.read(new Cursor(json, path === '' ? ROOT : { key: path, parent: ROOT }, reading));
  const checked = new Problems();
  if (value !== undefined) check?.(value, checked);
  const all = [...problems.list, ...independentOf(checked.list, problems.list)];
  if (value === undefined || all.length > 0) throw refusal(code, what, all.map(violation));
  return value;
}

/**
 * readPushRequest reads an already parsed push request and checks it.
 * @throws MaestroError INVALID_DEFINITION with every violation.
 */
export function readPushRequest(json: Json, options: ReadOptions = {}): PushRequest {
  const stepTypes = stepTypesOf(options);
  const check = (request: PushRequest, problems: Problems): void => checkPushRequest(request, problems, stepTypes);
  return read(json, { codec: pushRequest, code: 'INVALID_DEFINITION', what: 'the definition', check }, options);
}

/**
 * readStoredPushRequest reads a definition that was accepted before. Only its types are checked, so that a rule which became
 * stricter later, or a step type that is no longer registered, does not make old versions unreadable.
 * @throws MaestroError INVALID_DEFINITION when it is no definition at all.
 */
export function readStoredPushRequest(json: Json): PushRequest {
  return read(json, { codec: pushRequest, code: 'INVALID_DEFINITION', what: 'the stored definition' });
}

/**
 * validatePushRequest names everything about a request that its types do not rule out; empty when it may be pushed.
 */
export function validatePushRequest(request: PushRequest, options: ParseOptions = {}): FieldViolation[] {
  const problems = new Problems();
  checkPushRequest(request, problems, stepTypesOf(options));
  const content = contentProblems(request, options.content ?? 'none', options.workerTypes);
  return [...problems.list, ...independentOf(content, problems.list)].map(violation);
}

/** readStartRequest reads and checks the body of a start. @throws MaestroError INVALID_REQUEST with every violation. */
export function readStartRequest(json: Json): StartRequest {
  return read(json, {
    codec: startRequest,
    code: 'INVALID_REQUEST',
    what: 'the start request',
    check: checkStartRequest,
  });
}

/** readInstanceRestart reads and checks the body of an instance's restart. @throws MaestroError INVALID_REQUEST */
export function readInstanceRestart(json: Json): InstanceRestartBody {
  return read(json, {
    codec: instanceRestart,
    code: 'INVALID_REQUEST',
    what: 'the restart request',
    check: checkInstanceRestart,
  });
}

/** readStepRestart reads and checks the body of a step's restart. @throws MaestroError INVALID_REQUEST */
export function readStepRestart(json: Json): StepRestartBody {
  return read(json, {
    codec: stepRestart,
    code: 'INVALID_REQUEST',
    what: 'the restart request',
    check: checkStepRestart,
  });
}

/** readPropertiesChange reads the flat body of an update. @throws MaestroError INVALID_REQUEST with every violation. */
export function readPropertiesChange(json: Json): PropertiesChange {
  return read<PropertiesChange>(json, {
    codec: propertiesChange,
    code: 'INVALID_REQUEST',
    what: 'the change of properties',
    check: (change, problems) => checkPropertiesChange(change, ROOT, problems),
  });
}

/** readProperties reads properties as they are stored, tags included. @throws MaestroError INVALID_REQUEST */
export function readProperties(json: Json): Properties {
  return read(json, { codec: properties, code: 'INVALID_REQUEST', what: 'the properties' });
}

/** readParamDefinitions reads params by name; `path` says where they are, for messages. @throws MaestroError INVALID_PARAM */
export function readParamDefinitions(json: Json, path = 'params'): ParamDefinitions {
  return read(json, { codec: paramDefinitions, code: 'INVALID_PARAM', what: 'a param', path });
}

/** readTag reads a tag, text or object. @throws MaestroError INVALID_REQUEST */
export function readTag(json: Json, path = 'tag'): Tag {
  return read(json, { codec: tag, code: 'INVALID_REQUEST', what: 'the tag', path });
}

/** readUser reads a user, text or object. @throws MaestroError INVALID_REQUEST */
export function readUser(json: Json, path = 'user'): User {
  return read(json, { codec: user, code: 'INVALID_REQUEST', what: 'the user', path });
}

/** readRunStrategy reads a run strategy: object, rule or number. @throws MaestroError INVALID_REQUEST */
export function readRunStrategy(json: Json, path = 'run_strategy'): RunStrategy {
  return read(json, { codec: runStrategy, code: 'INVALID_REQUEST', what: 'the run strategy', path });
}

/** readTimeTriggers reads a list of time triggers. @throws MaestroError INVALID_REQUEST */
export function readTimeTriggers(json: Json, path = 'time_triggers'): readonly TimeTrigger[] {
  return read(json, { codec: timeTriggers, code: 'INVALID_REQUEST', what: 'the time triggers', path });
}

/** readInitiator reads what started an instance. @throws MaestroError INVALID_REQUEST */
export function readInitiator(json: Json, path = 'initiator'): Initiator {
  return read(json, { codec: initiator, code: 'INVALID_REQUEST', what: 'the initiator', path });
}
