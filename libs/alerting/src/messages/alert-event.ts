import type { AlertType } from '@maestro/domain';

/** alertEventType is the CloudEvents type of an alert: `io.maestro.alert.step-failure`. */
export function alertEventType(type: AlertType): string {
  return `io.maestro.alert.${type.toLowerCase().replaceAll('_', '-')}`;
}
