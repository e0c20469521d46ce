import type { Alerting, Properties, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import { createPool, databaseClock, queryOne } from '@maestro/postgres';
import { testDatabase } from '@maestro/testing';
import { postgresAlerts } from '../adapters/postgres/alerts.js';
import { postgresWorkflowAlertings } from '../adapters/postgres/workflow-alertings.js';
import type { Alerts, StoredAlert } from '../ports/alerts.js';
import type { EventListener } from '../ports/event-listener.js';
import type { MaestroEvent, WorkflowChanged, WorkflowChangeKind } from '../ports/maestro-event.js';
import { alertListener } from '../usecases/alerts/alert-listener.js';
import { lookAtWatch } from '../usecases/alerts/look-at-watch.js';
import { raiseAlerts } from '../usecases/alerts/raise-alerts.js';
import { WantedAlerts } from '../usecases/alerts/wanted-alerts.js';
import { MIGRATIONS } from './migrations.js';
import { ScriptedRuns } from './scripted-runs.js';

/** Sent is one row of the table of deliveries. */
export interface Sent {
  readonly channel: string;
  readonly target: string;
  readonly message_id: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** AlertingFixture is alerting on a database of its own, with a scheduler and a definition service that answer as the test says, and its own time. */
export class AlertingFixture {
  readonly scheduler = new ScriptedRuns();
  readonly properties = new Map<string, Pick<Properties, 'alerting' | 'alertingDisabled'>>();
  /** What programs are told. */
  readonly heard: MaestroEvent[] = [];
  /** How often the definition service was asked. */
  asked = 0;
  private sequence = 0n;
  private constructor(
    readonly alerts: Alerts,
    private readonly parts: { readonly rows: () => Promise<readonly { sent: string }[]>; close(): Promise<void> },
    private readonly wanted: (source: AlertingFixture) => WantedAlerts,
    /** The time now. */
    readonly time: { now: number },
  ) {}

  static async start(digestMs = 60_000): Promise<AlertingFixture> {
    const database = await testDatabase({ migrations: [MIGRATIONS] });
    const pool = createPool({ url: database.url, schema: 'notifier', applicationName: 'test', max: 4, hotPath: true });
    const clock = await databaseClock(pool);
    const time = { now: clock.now() };
    const text = `select json_build_object('channel', channel, 'target', target, 'message_id', message_id, 'payload', payload) as sent
      from delivery order by delivery_key`;
    return new AlertingFixture(
      postgresAlerts({ pool, clock: { now: () => time.now }, digestMs, baseUrl: 'http://ui' }),
      {
        rows: () => queryOne<{ sent: string }>(pool, { name: 'sent', text }),
        close: async () => {
          clock.stop();
          await pool.end();
          await database.stop();
        },
      },
      (fixture) =>
        new WantedAlerts({
          alertings: postgresWorkflowAlertings(pool),
          source: {
            read: async (id) => {
              fixture.asked += 1;
              return fixture.properties.get(id);
            },
          },
        }),
      time,
    );
  }

  /** A process that has just started: nothing is in its memory. */
  process(): { readonly listener: EventListener; look(): Promise<number> } {
    const wanted = this.wanted(this);
    const raise = raiseAlerts(this.alerts, { hear: async (events) => void this.heard.push(...events) });
    const deps = { wanted, raise, alerts: this.alerts, runs: this.scheduler, now: () => this.time.now };
    return {
      listener: alertListener({ ...deps, changed: () => undefined }),
      look: async () => {
        const due = await this.alerts.takeWatches(100);
        for (const watch of due) await lookAtWatch(watch, deps);
        return due.length;
      },
    };
  }

  wants(workflowId: string, alerting: Alerting | undefined): void {
    this.properties.set(workflowId, alerting === undefined ? {} : { alerting });
  }

  run(workflowId: string, newStatus: WorkflowInstanceStatus, instanceId = 1n): MaestroEvent {
    return { type: 'run', ...this.happened(workflowId, instanceId), newStatus };
  }

  step(workflowId: string, stepId: string, change: readonly [StepStatus, StepStatus], attemptId = 1): MaestroEvent {
    const [oldStatus, newStatus] = change;
    return { type: 'step', ...this.happened(workflowId, 1n), stepId, attemptId, oldStatus, newStatus };
  }

  changed(workflowId: string, change: WorkflowChangeKind, rest: Partial<WorkflowChanged> = {}): WorkflowChanged {
    this.sequence += 1n;
    const { id, time, tenant } = this.happened(workflowId, 1n);
    return {
      type: 'workflow',
      id,
      time,
      tenant,
      change,
      workflowId,
      workflowKey: 1n,
      activeVersion: 1n,
      latestVersion: 1n,
      author: 'ada',
      sequence: this.sequence,
      ...rest,
    };
  }

  /** sent lists deliveries in their order: `channel target`. */
  async sent(): Promise<readonly Sent[]> {
    return (await this.parts.rows()).map(({ sent }) => JSON.parse(sent) as Sent);
  }

  async stored(workflowId: string): Promise<readonly StoredAlert[]> {
    const filter = { workflowId, types: [], states: [] };
    return (await this.alerts.list(filter, { size: 100, direction: 'older' })).items;
  }

  stop(): Promise<void> {
    return this.parts.close();
  }

  private happened(workflowId: string, instanceId: bigint) {
    const time = this.time.now;
    const named = { workflowId, instanceId, runId: 1n, workflowUuid: 'u', correlationId: '' };
    return { id: `${workflowId} ${time}`, time, tenant: 'default', ...named };
  }
}
