import type { PushRequest } from '@maestro/domain';
import { object, optional, required } from '../reading/object.js';
import { bool, jsonObject } from '../reading/scalars.js';
import { gitInfo } from './git-info.js';
import { properties } from './properties.js';
import { workflow } from './workflow.js';

/** pushRequest is the original's WorkflowCreateRequest; keys of no meaning here are echoed back as extra info. */
export const pushRequest = object<PushRequest>(
  {
    properties: optional(properties),
    workflow: required(workflow, { id: '', steps: [] }),
    isActive: optional(bool),
    gitInfo: optional(gitInfo),
    extraInfo: optional(jsonObject),
  },
  { rest: 'extraInfo' },
);
