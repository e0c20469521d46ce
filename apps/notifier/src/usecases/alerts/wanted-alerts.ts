import { rulesOf, type AlertRules } from '@maestro/alerting';
import type { Alerting } from '@maestro/domain';
import { LRUCache } from 'lru-cache';
import type { AlertingSource, WorkflowAlerting, WorkflowAlertings } from '../../ports/workflow-alertings.js';

/** Wanted is what a workflow wants to be told of. */
export interface Wanted {
  readonly workflowId: string;
  readonly tenant: string;
  readonly alerting: Alerting;
  readonly rules: AlertRules;
}

export interface WantedDeps {
  readonly alertings: WorkflowAlertings;
  readonly source: AlertingSource;
}

/** A workflow that wants nothing is remembered, too: its runs cost one look into memory. */
const REMEMBERED = 20_000;
/** After which another replica's news is seen. */
const FRESH_MS = 5_000;
/** Workflows that the engine makes for iterations; those who pushed the loop are told of its step. */
const INLINE = 'maestro_';

type Known = Wanted | 'nothing';

/** WantedAlerts knows what workflows want to be told of: from memory, else from its table, else from the definition service. */
export class WantedAlerts {
  private readonly remembered = new LRUCache<string, Known>({ max: REMEMBERED, ttl: FRESH_MS });

  constructor(private readonly deps: WantedDeps) {}

  /** of answers undefined when nobody is to be told anything. */
  async of(workflowId: string, tenant: string): Promise<Wanted | undefined> {
    if (workflowId.startsWith(INLINE)) return undefined;
    const known = this.remembered.get(workflowId) ?? (await this.load(workflowId, tenant));
    return known === 'nothing' ? undefined : known;
  }

  /** refresh asks the definition service, after the change at `sequence` of its feed. */
  async refresh(workflowId: string, tenant: string, sequence: bigint): Promise<Wanted | undefined> {
    const { alerting, alertingDisabled } = (await this.deps.source.read(workflowId)) ?? {};
    const off = alerting === undefined || alertingDisabled === true;
    const stored: WorkflowAlerting = { workflowId, tenant, ...(off ? {} : { alerting }) };
    await this.deps.alertings.put(stored, sequence);
    const known = this.remember(stored);
    return known === 'nothing' ? undefined : known;
  }

  private async load(workflowId: string, tenant: string): Promise<Known> {
    const stored = await this.deps.alertings.find(workflowId);
    if (stored !== undefined) return this.remember(stored);
    // Its push has not been read from the feed yet: that comes later in any case.
    return (await this.refresh(workflowId, tenant, 0n)) ?? 'nothing';
  }

  private remember({ workflowId, tenant, alerting }: WorkflowAlerting): Known {
    const known: Known =
      alerting === undefined ? 'nothing' : { workflowId, tenant, alerting, rules: rulesOf(alerting) };
    this.remembered.set(workflowId, known);
    return known;
  }
}
