import type { DefinitionChecker } from '@maestro/evaluation';
import type { Logger } from '@maestro/telemetry';
import type { ChangeFeed, FeedGrowth } from '../ports/change-feed.js';
import type { Clock } from '../ports/clock.js';
import type { StepTypeStore } from '../ports/step-type-store.js';
import type { TemplateStore } from '../ports/template-store.js';
import type { WorkflowActs } from '../ports/workflow-acts.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';
import type { WorkflowRemoval } from '../ports/workflow-removal.js';

/** DefinitionDeps is what the RPCs work with. */
export interface DefinitionDeps {
  readonly acts: WorkflowActs;
  readonly reads: WorkflowReads;
  readonly removal: WorkflowRemoval;
  readonly templates: TemplateStore;
  readonly stepTypes: StepTypeStore;
  readonly feed: ChangeFeed;
  readonly growth: FeedGrowth;
  readonly clock: Clock;
  readonly checker: DefinitionChecker;
  readonly logger: Logger;
}
