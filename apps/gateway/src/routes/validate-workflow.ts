import { type DefinitionFormat, parsePushRequest } from '@maestro/dsl';
import { timelineEventToJson, validateRequestToProto } from '@maestro/wire';
import { type Answer, ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import type { Services } from '../services.js';
import { expected } from './expected.js';
import { checksOf, inDefinition } from './in-definition.js';

async function validate(call: RestCall, services: Services, format: DefinitionFormat): Promise<Answer> {
  const text = await call.definitionText(format);
  const message = validateRequestToProto(parsePushRequest(text, format, checksOf(text, 'all')));
  const answer = await inDefinition(text, format, () => services.definition.validateWorkflow(message, call.options));
  return ok(() => timelineEventToJson(expected(answer.timelineEvent, 'timeline event')));
}

/** validateWorkflowJson: PUT /workflows/actions/validate, the checks of a push; nothing is stored. */
export const validateWorkflowJson: Handler = (call, services) => validate(call, services, 'json');

/** validateWorkflowYaml: PUT /workflows/actions/validate/yaml. */
export const validateWorkflowYaml: Handler = (call, services) => validate(call, services, 'yaml');
