import type { Alerting } from './alerting.js';
import type { WorkflowKey } from './ids.js';
import type { JsonObject } from './json.js';
import type { ParamDefinitions } from './param.js';
import type { ResolvedTemplate } from './resolved-template.js';
import type { RunStrategy } from './run-strategy.js';
import type { Step } from './step.js';
import type { Tag } from './tag.js';
import type { Millis, ParsableLong } from './time.js';
import type { SignalTrigger, TimeTrigger } from './trigger.js';
import type { User } from './user.js';
import type { UsedStepType } from './worker-type.js';

export const CRITICALITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** Workflow is the definition a user writes: immutable once pushed as a version. */
export interface Workflow {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly Tag[];
  readonly timeout?: ParsableLong;
  readonly timeTriggers?: readonly TimeTrigger[];
  readonly signalTriggers?: readonly SignalTrigger[];
  readonly criticality?: Criticality;
  readonly instanceStepConcurrency?: number;
  readonly params?: ParamDefinitions;
  readonly steps: readonly Step[];
}

/** Properties are the workflow's settings that change without a new version. */
export interface Properties {
  readonly owner?: User;
  readonly accessControl?: JsonObject;
  readonly runStrategy?: RunStrategy;
  readonly stepConcurrency?: number;
  readonly alerting?: Alerting;
  readonly alertingDisabled?: boolean;
  readonly signalTriggerDisabled?: boolean;
  readonly timeTriggerDisabled?: boolean;
  readonly description?: string;
  readonly tags?: readonly Tag[];
}

/** PropertiesSnapshot is the whole of a workflow's properties at one moment. */
export interface PropertiesSnapshot extends Properties {
  readonly workflowId: string;
  readonly createTime: Millis;
  readonly author: User;
}

/** PropertiesChange is one update: fields that are set override, `reset` fields go back to their default. */
export interface PropertiesChange extends Properties {
  readonly resetRunStrategyRule?: boolean;
  readonly resetWorkflowConcurrency?: boolean;
  readonly resetStepConcurrency?: boolean;
}

/** GitInfo tells where a definition came from. */
export interface GitInfo {
  readonly origin?: string;
  readonly branch?: string;
  readonly sha?: string;
  readonly path?: string;
  readonly author?: string;
  readonly timestamp?: string;
  readonly uncommittedChanges?: boolean;
}

/** PushRequest is what a user pushes: the workflow, and the properties to set along with it. */
export interface PushRequest {
  readonly properties?: Properties;
  readonly workflow: Workflow;
  /** Default true: the new version becomes the active one. */
  readonly isActive?: boolean;
  readonly gitInfo?: GitInfo;
  readonly extraInfo?: JsonObject;
}

export interface DefinitionMetadata {
  readonly workflowId: string;
  readonly workflowVersionId: bigint;
  readonly createTime: Millis;
  readonly versionAuthor: User;
  readonly gitInfo?: GitInfo;
  readonly extraInfo?: JsonObject;
}

/** WorkflowDefinition is one version as the definition service answers it. */
export interface WorkflowDefinition {
  readonly workflowKey: WorkflowKey;
  readonly tenant: string;
  readonly propertiesSnapshot: PropertiesSnapshot;
  readonly metadata: DefinitionMetadata;
  readonly workflow: Workflow;
  readonly isActive: boolean;
  readonly activateTime?: Millis;
  readonly activatedBy?: User;
  readonly isLatest: boolean;
  readonly isDefault: boolean;
  readonly modifyTime?: Millis;
  readonly internalId: bigint;
  /** The job templates that its steps name, as they were at the revision that was asked for. */
  readonly templates?: readonly ResolvedTemplate[];
  /** Step types of workers that the version uses, as they were when it was pushed. */
  readonly usedStepTypes?: readonly UsedStepType[];
}
