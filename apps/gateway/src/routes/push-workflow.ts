import { type DefinitionFormat, parsePushRequest } from '@maestro/dsl';
import { definitionToRestJson, pushRequestToProto } from '@maestro/wire';
import { type Answer, ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import type { Services } from '../services.js';
import { expected } from './expected.js';
import { checksOf, inDefinition } from './in-definition.js';
import { checkStrategySwitch } from './strategy-switch.js';

async function push(call: RestCall, services: Services, format: DefinitionFormat): Promise<Answer> {
  const text = await call.definitionText(format);
  const request = parsePushRequest(text, format, checksOf(text, 'certain'));
  await checkStrategySwitch(call, services, request.workflow.id, request.properties?.runStrategy);
  const message = pushRequestToProto(request, call.idempotencyKey);
  const answer = await inDefinition(text, format, () => services.definition.pushWorkflow(message, call.options));
  const differs = answer.requestDiffers ? { request_differs: true } : {};
  return ok(() => ({
    workflow_definition: definitionToRestJson(expected(answer.definition, 'definition')),
    ...differs,
  }));
}

/** pushWorkflowJson: POST /workflows, a definition in Maestro's JSON. */
export const pushWorkflowJson: Handler = (call, services) => push(call, services, 'json');

/** pushWorkflowYaml: POST /workflows/yaml, a definition in the DSL or the plain model. */
export const pushWorkflowYaml: Handler = (call, services) => push(call, services, 'yaml');
