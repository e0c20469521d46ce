import type { Alerts } from '../ports/alerts.js';
import type { TestAlertDeps } from '../usecases/alerts/test-alert.js';

/** AlertDeps is what the RPCs of alerts work with. */
export interface AlertDeps extends TestAlertDeps {
  readonly alerts: Alerts;
}
