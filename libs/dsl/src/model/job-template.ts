import type { JobTemplateDefinition, JobTemplateRequest } from '@maestro/domain';
import { dictionary, list } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { jsonObject, text } from '../reading/scalars.js';
import { gitInfo } from './git-info.js';
import { paramDefinitions } from './params.js';
import { steps } from './steps/step.js';
import { tags } from './tag.js';
import { user } from './user.js';

/** jobTemplateDefinition: what steps of a sub-type get (specification 1.11); `steps` is ours, for template steps. */
export const jobTemplateDefinition = object<JobTemplateDefinition>({
  jobType: required(text, ''),
  stepType: required(text, ''),
  version: required(text, ''),
  description: optional(text),
  tags: optional(tags),
  inheritFrom: optional(dictionary(text)),
  params: optional(paramDefinitions),
  steps: optional(steps),
});

const NO_DEFINITION: JobTemplateDefinition = { jobType: '', stepType: '', version: '' };

/** jobTemplateRequest is the original's JobTemplateCreateRequest; keys of no meaning here are echoed back as extra info. */
export const jobTemplateRequest = object<JobTemplateRequest>(
  {
    owner: required(user, { name: '' }),
    status: required(text, ''),
    support: required(text, ''),
    testWorkflows: optional(list(text)),
    gitInfo: optional(gitInfo),
    definition: required(jobTemplateDefinition, NO_DEFINITION),
    extraInfo: optional(jsonObject),
  },
  { rest: 'extraInfo' },
);
