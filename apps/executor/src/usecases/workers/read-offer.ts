import { MaestroError, type FieldViolation } from '@maestro/domain';
import { readParamDefinitions } from '@maestro/dsl';
import type { WorkerHello, WorkerStepType } from '@maestro/proto/maestro/executor/v1/worker_service';
import { workerTypeViolations } from '@maestro/steps';
import type { Offer, OfferedType } from '../../runtimes/remote/worker-session.js';
import { readJsonObject } from '../../runtimes/params.js';

const MAX_TYPES = 1_000;
const MAX_SLOTS = 10_000;
const MAX_ID_CHARS = 256;
const MAX_DOC_CHARS = 10_000;

/** readOffer is what a worker says of itself in hello. Throws INVALID_REQUEST with everything that is wrong. */
export function readOffer(hello: WorkerHello, tenant: string): Offer {
  const violations: FieldViolation[] = [];
  const { workerId, slots, labels, library } = hello;
  if (workerId === '' || workerId.length > MAX_ID_CHARS) {
    violations.push({ path: 'hello.worker_id', message: `is required, and has at most ${MAX_ID_CHARS} characters` });
  }
  if (slots < 1 || slots > MAX_SLOTS) {
    violations.push({ path: 'hello.slots', message: `must be 1 to ${MAX_SLOTS}, not ${slots}` });
  }
  if (hello.types.length < 1 || hello.types.length > MAX_TYPES) {
    violations.push({
      path: 'hello.types',
      message: `must name 1 to ${MAX_TYPES} step types, not ${hello.types.length}`,
    });
  }
  const types = hello.types.flatMap((type, index) => readType(type, tenant, `hello.types[${index}]`, violations));
  const [first] = violations;
  if (first !== undefined) {
    throw new MaestroError('INVALID_REQUEST', `The worker's hello is not valid: ${first.path}: ${first.message}`, {
      violations,
    });
  }
  return { workerId, types, slots, labels, library };
}

function readType(message: WorkerStepType, tenant: string, path: string, violations: FieldViolation[]): OfferedType[] {
  const { name, doc, outputs, slots } = message;
  const version = message.version === '' ? '1' : message.version;
  const wrong = workerTypeViolations({ name, version }).map((each) => ({ ...each, path: `${path}.${each.path}` }));
  if (doc.length > MAX_DOC_CHARS)
    wrong.push({ path: `${path}.doc`, message: `is longer than ${MAX_DOC_CHARS} characters` });
  if (slots < 0) wrong.push({ path: `${path}.slots`, message: 'must not be negative' });
  violations.push(...wrong);
  try {
    const json = message.paramsJson.length === 0 ? {} : readJsonObject(message.paramsJson);
    const params = readParamDefinitions(json, 'params');
    return [{ type: { name, version, doc, params, outputs, tenant }, slots }];
  } catch (error) {
    violations.push(...paramViolations(error, path));
    return [];
  }
}

function paramViolations(error: unknown, path: string): readonly FieldViolation[] {
  if (error instanceof MaestroError && error.violations.length > 0) {
    return error.violations.map((each) => ({ ...each, path: `${path}.${each.path}` }));
  }
  const reason = error instanceof Error ? error.message : String(error);
  return [{ path: `${path}.params_json`, message: `cannot be read: ${reason}` }];
}
