import type {
  AlertAction,
  Alerting,
  AlertType,
  AlertTypeConfig,
  PagerdutySeverity,
  SlackTarget,
} from '@maestro/domain';

/** Route is who is told of an alert, and by what; lists are empty where nobody is. */
export interface Route {
  readonly emails: readonly string[];
  /** Names of PagerDuty services. */
  readonly pages: readonly string[];
  readonly slack: Required<SlackTarget>;
  readonly severity: PagerdutySeverity;
  /** The run is stopped. */
  readonly cancel: boolean;
}

/** These tell that something went well or was done on purpose: they wake nobody up unless that is asked for. */
const NOTICES: ReadonlySet<AlertType> = new Set(['RUN_SUCCESS', 'DEFINITION_CHANGE', 'BREAKPOINT_HIT']);

/** isNotice: there is nothing in it that could be put right later. */
export function isNotice(type: AlertType): boolean {
  return type === 'RUN_SUCCESS' || type === 'DEFINITION_CHANGE';
}

/**
 * routeOf: what the type's config names replaces what is named in common. Without actions an alert goes wherever there are addresses,
 * and pages nobody when it is a notice; `always_page` pages nevertheless.
 */
export function routeOf(alerting: Alerting, type: AlertType): Route {
  const own: AlertTypeConfig = alerting.typeConfigs?.[type] ?? {};
  const actions = own.actions ?? defaultActions(type);
  const { severity = 'ERROR', alwaysPage = false } = alerting.pagerdutyConfig ?? {};
  const named = <T>(action: AlertAction, ...lists: readonly (readonly T[] | undefined)[]): readonly T[] =>
    actions.includes(action) ? (lists.find((list) => list !== undefined) ?? []) : [];
  const slack = own.slack ?? alerting.slack;
  return {
    emails: named('EMAIL', own.emails, alerting.emails),
    pages: alwaysPage
      ? (own.pagerduties ?? alerting.pagerduties ?? [])
      : named('PAGE', own.pagerduties, alerting.pagerduties),
    slack: {
      users: named('SLACK', slack?.users),
      channels: named('SLACK', slack?.channels),
      mentionUsers: named('SLACK', slack?.mentionUsers),
    },
    severity,
    cancel: actions.includes('CANCEL'),
  };
}

function defaultActions(type: AlertType): readonly AlertAction[] {
  return NOTICES.has(type) ? ['EMAIL', 'SLACK'] : ['EMAIL', 'SLACK', 'PAGE'];
}
