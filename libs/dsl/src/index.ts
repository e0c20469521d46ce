export { locateViolations, parsePushRequest, type DefinitionFormat } from './parse.js';
export { parseJobTemplate } from './parse-template.js';
export { jobTemplateToJson, readStoredJobTemplate, validateJobTemplate } from './job-template-json.js';
export { type ContentChecks } from './checks/content.js';
export {
  readPushRequest,
  readStoredPushRequest,
  validatePushRequest,
  readInstanceRestart,
  readStartRequest,
  readStepRestart,
  readProperties,
  readPropertiesChange,
  readParamDefinitions,
  readTag,
  readUser,
  readRunStrategy,
  readTimeTriggers,
  readInitiator,
} from './read.js';
export {
  definitionToJson,
  workflowToJson,
  propertiesToJson,
  paramDefinitionsToJson,
  tagToJson,
  userToJson,
  runStrategyToJson,
  signalTriggersToJson,
  timeTriggersToJson,
  initiatorToJson,
} from './write.js';
export { workflowToYaml } from './yaml-writer.js';
export { parseJsonText, stringifyJson } from './document/json-text.js';
export { parseDuration } from '@maestro/params';
export { stepGraph, type StepGraph } from './graph.js';
export { type ParseOptions, type ReadOptions } from './step-types.js';
export { workflowIdProblem, referenceIdProblem, constrainedNameProblem } from './checks/identifiers.js';
export { readDefaultParams } from './read-default-params.js';
