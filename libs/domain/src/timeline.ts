import type { Json } from './json.js';
import type { StepStatus, WorkflowInstanceStatus } from './status.js';
import type { Millis } from './time.js';

export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** TimelineEvent is one thing that happened to a run or step, as people read it. */
export type TimelineEvent =
  | { readonly type: 'LOG'; readonly timestamp: Millis; readonly level: LogLevel; readonly message: string }
  | {
      readonly type: 'DETAILS';
      readonly timestamp: Millis;
      readonly status: string;
      readonly message: string;
      readonly errors: readonly string[];
      readonly retryable: boolean;
    }
  | { readonly type: 'STATUS'; readonly timestamp: Millis; readonly status: StepStatus | WorkflowInstanceStatus }
  | {
      readonly type: 'ACTION';
      readonly timestamp: Millis;
      readonly action: string;
      readonly author: string;
      readonly message?: string;
      readonly reason?: string;
      readonly info?: Json;
    }
  | {
      readonly type: 'MILESTONE';
      readonly timestamp: Millis;
      readonly status: string;
      readonly milestoneType: string;
      readonly sourceId?: string;
      readonly info?: string;
    };
