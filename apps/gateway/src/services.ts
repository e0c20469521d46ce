import { type Channel, type ClientOf, createChannel, createClient } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import { ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import { AlertService } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { ViewService } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import type { TraceStore } from './dev/trace-store.js';

/** Services are what the routes call. */
export interface Services {
  readonly definition: ClientOf<typeof DefinitionService>;
  /** Job templates; a part of the definition service. */
  readonly templates: ClientOf<typeof JobTemplateService>;
  /** Step types of remote workers; a part of the definition service. */
  readonly stepTypes: ClientOf<typeof StepTypeService>;
  readonly scheduler: ClientOf<typeof SchedulerService>;
  /** Acts on runs and steps under way; a part of the scheduler. */
  readonly actions: ClientOf<typeof ActionService>;
  /** Lists and comparisons; a part of the scheduler. */
  readonly views: ClientOf<typeof ViewService>;
  /** Limits of tags; a part of the scheduler. */
  readonly permits: ClientOf<typeof PermitService>;
  /** Time triggers; a part of the scheduler. */
  readonly triggers: ClientOf<typeof TriggerService>;
  readonly executor: ClientOf<typeof ExecutorService>;
  readonly signal: ClientOf<typeof SignalService>;
  /** Where signals come from and go; a part of the signal service. */
  readonly lineage: ClientOf<typeof LineageService>;
  /** Webhooks and deliveries. */
  readonly notifier: ClientOf<typeof NotifierService>;
  /** What workflows wanted to be told of; a part of the notifier. */
  readonly alerts: ClientOf<typeof AlertService>;
  readonly traces: TraceStore;
}

/** Addresses are `host:port` of each service. */
export type Addresses = Readonly<Record<'definition' | 'scheduler' | 'executor' | 'signal' | 'notifier', string>>;

/** connectServices opens a channel to each service; they connect on first use. */
export function connectServices(
  addresses: Addresses,
  traces: TraceStore,
): { readonly services: Services; close(): void } {
  const defining = [DefinitionService, JobTemplateService, StepTypeService];
  const definition = createChannel({ address: addresses.definition, services: defining, retry: 'all' });
  const scheduling = [SchedulerService, ActionService, ViewService, PermitService, TriggerService];
  const scheduler = createChannel({ address: addresses.scheduler, services: scheduling, retry: 'all' });
  const executor = createChannel({ address: addresses.executor, services: [ExecutorService], retry: 'all' });
  // Announcements are keyed by their request id, or by name and params.
  const signal = createChannel({ address: addresses.signal, services: [SignalService, LineageService], retry: 'all' });
  const notifier = createChannel({
    address: addresses.notifier,
    services: [NotifierService, AlertService],
    retry: 'all',
  });
  const channels: readonly Channel[] = [definition, scheduler, executor, signal, notifier];
  return {
    services: {
      definition: createClient(DefinitionService, definition),
      templates: createClient(JobTemplateService, definition),
      stepTypes: createClient(StepTypeService, definition),
      scheduler: createClient(SchedulerService, scheduler),
      actions: createClient(ActionService, scheduler),
      views: createClient(ViewService, scheduler),
      permits: createClient(PermitService, scheduler),
      triggers: createClient(TriggerService, scheduler),
      executor: createClient(ExecutorService, executor),
      signal: createClient(SignalService, signal),
      lineage: createClient(LineageService, signal),
      notifier: createClient(NotifierService, notifier),
      alerts: createClient(AlertService, notifier),
      traces,
    },
    close: () => channels.forEach((channel) => channel.close()),
  };
}
