import type { Gauge } from '../ports/gauge.js';
import type { Execution } from './execution.js';
import { freeSlots } from './free-slots.js';

/** executionGauges are how busy this executor is. */
export function executionGauges(execution: Execution): readonly Gauge[] {
  return [
    { name: 'maestro_executor_slots', description: 'Attempts that may run at once', read: () => execution.slots },
    {
      name: 'maestro_executor_slots_free',
      description: 'Attempts that may begin now',
      read: () => freeSlots(execution, true),
    },
    {
      name: 'maestro_executor_running',
      description: 'Slots that are taken',
      read: () => execution.attempts.occupied,
    },
    {
      name: 'maestro_executor_reports_unanswered',
      description: 'Reports kept until the scheduler has committed them',
      read: () => execution.reports.unanswered,
    },
  ];
}
