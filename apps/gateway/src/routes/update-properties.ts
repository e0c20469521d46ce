import { readPropertiesChange } from '@maestro/dsl';
import { propertiesChangeToProto, propertiesSnapshotToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { checkStrategySwitch } from './strategy-switch.js';

/** updateProperties: POST /workflows/{id}/properties; fields that are set override, reset flags go back. */
export const updateProperties: Handler = async (call, services) => {
  const workflowId = call.param('id');
  const change = readPropertiesChange(await call.json());
  await checkStrategySwitch(call, services, workflowId, change.runStrategy);
  const request = propertiesChangeToProto(workflowId, change, call.idempotencyKey);
  const answer = await services.definition.updateProperties(request, call.options);
  return ok(() => propertiesSnapshotToJson(expected(answer.snapshot, 'snapshot')));
};
