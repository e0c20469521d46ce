import { interpolate, type ParamScope } from '@maestro/params';
import type { Route } from './route.js';

/** AddressedRoute is a route whose addresses are filled in. */
export interface AddressedRoute {
  readonly route: Route;
  /** What is wrong with addresses that could not be filled in; these are left out. */
  readonly problems: readonly string[];
}

/** interpolateRoute fills `${param}` in addresses; one that cannot be filled in does not keep the others from being told. */
export function interpolateRoute(route: Route, scope: ParamScope): AddressedRoute {
  const problems: string[] = [];
  const filled = (texts: readonly string[], path: string): readonly string[] => {
    const values = texts.flatMap((text, index) => {
      const outcome = interpolate(text, scope, `${path}[${index}]`);
      if (outcome.kind === 'value') return outcome.value.trim() === '' ? [] : [outcome.value.trim()];
      problems.push(...outcome.violations.map(({ path: at, message }) => `${at}: ${message}`));
      return [];
    });
    return [...new Set(values)];
  };
  const { users, channels, mentionUsers } = route.slack;
  return {
    route: {
      ...route,
      emails: filled(route.emails, 'emails'),
      pages: filled(route.pages, 'pagerduties'),
      slack: {
        users: filled(users, 'slack.users'),
        channels: filled(channels, 'slack.channels'),
        mentionUsers: filled(mentionUsers, 'slack.mention_users'),
      },
    },
    problems,
  };
}
