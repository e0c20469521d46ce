import type { Properties, PropertiesChange } from '@maestro/domain';
import type { Fields } from '../reading/object.js';
import { object, optional } from '../reading/object.js';
import { bool, integer, jsonObject, text } from '../reading/scalars.js';
import { alerting } from './alerting.js';
import { runStrategy } from './run-strategy.js';
import { tags } from './tag.js';
import { user } from './user.js';

const settings: Fields<Omit<Properties, 'tags'>> = {
  owner: optional(user),
  accessControl: optional(jsonObject),
  runStrategy: optional(runStrategy),
  stepConcurrency: optional(integer),
  alerting: optional(alerting),
  alertingDisabled: optional(bool),
  signalTriggerDisabled: optional(bool),
  timeTriggerDisabled: optional(bool),
  description: optional(text),
};

/** properties as they are stored: tags included (specification 1.4). */
export const properties = object<Properties>({ ...settings, tags: optional(tags) });

/** propertiesChange is the flat body of an update; tags have endpoints of their own and are refused here. */
export const propertiesChange = object<Omit<PropertiesChange, 'tags'>>({
  ...settings,
  resetRunStrategyRule: optional(bool),
  resetWorkflowConcurrency: optional(bool),
  resetStepConcurrency: optional(bool),
});
