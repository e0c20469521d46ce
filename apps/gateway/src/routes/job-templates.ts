import { DEFAULT_TEMPLATE_VERSION } from '@maestro/domain';
import { type DefinitionFormat, parseJobTemplate } from '@maestro/dsl';
import { jobTemplateToProto, jobTemplateToRestJson, timelineEventToJson } from '@maestro/wire';
import { type Answer, ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import type { Services } from '../services.js';
import { expected } from './expected.js';
import { inDefinition } from './in-definition.js';

async function put(call: RestCall, { templates }: Services, format: DefinitionFormat): Promise<Answer> {
  const text = await call.definitionText(format);
  const template = jobTemplateToProto(parseJobTemplate(text, format));
  const answer = await inDefinition(text, format, () => templates.putJobTemplate({ template }, call.options));
  return ok(() => jobTemplateToRestJson(expected(answer.template, 'template')));
}

/** putJobTemplateJson: POST /job-templates, a template in Maestro's JSON. */
export const putJobTemplateJson: Handler = (call, services) => put(call, services, 'json');

/** putJobTemplateYaml: POST /job-templates/yaml, the same model in YAML. */
export const putJobTemplateYaml: Handler = (call, services) => put(call, services, 'yaml');

/** getJobTemplate: GET /job-templates/{type}; without a version the one named `default`. */
export const getJobTemplate: Handler = async (call, { templates }) => {
  const request = { jobType: call.param('type'), version: call.query.text('version') };
  const answer = await templates.getJobTemplate(request, call.options);
  return ok(() => jobTemplateToRestJson(expected(answer.template, 'template')));
};

/** listJobTemplates: GET /job-templates; one version of each type, `default` when none is named; `*` = all versions, which is ours. */
export const listJobTemplates: Handler = async (call, { templates }) => {
  const version = call.query.text('version') || DEFAULT_TEMPLATE_VERSION;
  const answer = await templates.listJobTemplates({ version: version === '*' ? '' : version }, call.options);
  return ok(() => answer.templates.map(jobTemplateToRestJson));
};

/** deleteJobTemplate: DELETE /job-templates/{type}; without a version all of them. */
export const deleteJobTemplate: Handler = async (call, { templates }) => {
  const request = { jobType: call.param('type'), version: call.query.text('version') };
  const { timelineEvent } = await templates.deleteJobTemplate(request, call.options);
  return ok(() => timelineEventToJson(expected(timelineEvent, 'timeline_event')));
};
