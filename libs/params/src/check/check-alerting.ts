import type { Alerting, AlertTypeConfig } from '@maestro/domain';
import { checkTemplate } from './check-text.js';
import type { Place } from './place.js';
import { below, type DefinitionProblem } from './problem.js';

type Addresses = Pick<AlertTypeConfig, 'emails' | 'pagerduties' | 'slack'>;

/** checkAlerting checks the references in addresses, which are filled in when a run starts. */
export function checkAlerting(
  alerting: Alerting | undefined,
  path: string,
  place: Place,
): readonly DefinitionProblem[] {
  if (alerting === undefined) return [];
  return [
    ...checkAddresses(alerting, path, place),
    ...Object.entries(alerting.typeConfigs ?? {}).flatMap(([type, config]) =>
      checkAddresses(config, below(path, 'type_configs', type), place),
    ),
  ];
}

function checkAddresses({ emails, pagerduties, slack }: Addresses, path: string, place: Place) {
  const inSlack = below(path, 'slack');
  return [
    ...checkAll(emails, below(path, 'emails'), place),
    ...checkAll(pagerduties, below(path, 'pagerduties'), place),
    ...checkAll(slack?.users, below(inSlack, 'users'), place),
    ...checkAll(slack?.channels, below(inSlack, 'channels'), place),
    ...checkAll(slack?.mentionUsers, below(inSlack, 'mention_users'), place),
  ];
}

/** The properties of a workflow outlive its versions, and other versions may have the param. */
function checkAll(texts: readonly string[] = [], path: string, place: Place): readonly DefinitionProblem[] {
  return texts
    .flatMap((text, index) => checkTemplate({ text, path: below(path, index), place }).problems)
    .map((problem) => ({ ...problem, certain: false }));
}
