/** What to do about an error, by its code. */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  WORKFLOW_NOT_FOUND: 'maestro list shows all workflows; maestro push <file> creates one.',
  VERSION_NOT_FOUND: 'maestro versions <id> shows all versions of a workflow.',
  NO_ACTIVE_VERSION:
    'maestro activate <id> makes the latest version the active one; <id>@latest names it without that.',
  INSTANCE_NOT_FOUND: 'maestro list <id> --instances shows all instances of a workflow.',
  STEP_NOT_FOUND: 'maestro get <id>/<instance> shows all steps of a run.',
  LOG_NOT_FOUND: 'maestro explain <id>/<instance>/<step> says what the step waits for.',
  WORKFLOW_HAS_RUNNING_INSTANCES: 'maestro stop <id> stops all of them.',
  RUN_STRATEGY_SWITCH_REFUSED: 'maestro list <id> --instances shows what is in the way.',
  WEBHOOK_NOT_FOUND: 'maestro webhook list shows all webhooks.',
  DELIVERY_NOT_FOUND: 'maestro deliveries shows what was sent.',
  MISSING_CALLER: '--user <name> or MAESTRO_USER says who you are.',
};

/** nextStep is undefined when nothing better can be said than the error itself. */
export function nextStep(code: string): string | undefined {
  return NEXT_STEPS[code];
}
