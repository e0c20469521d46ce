import type { InitiatorType } from '@maestro/domain';
import type { MergeContext } from '../merge-permission.js';

/** Launch says what is being started: who asked, and whether it is a restart of an instance. */
export interface Launch {
  readonly initiator: InitiatorType;
  readonly restart?: boolean;
}

/**
 * launchContext is how the params of a request are merged (spec 2.6): those of a person or trigger as LAUNCH or RESTART; a
 * parent gives params to its child with full control over what is not the child's own definition.
 */
export function launchContext({ initiator, restart = false }: Launch): MergeContext {
  switch (initiator) {
    case 'SUBWORKFLOW':
    case 'FOREACH':
    case 'WHILE':
    case 'TEMPLATE':
      return { source: initiator, upstream: true, restart };
    default:
      return { source: restart ? 'RESTART' : 'LAUNCH', restart };
  }
}

/** stepLaunchContext is the same for params given to single steps: they never get a parent's leniency (spec 2.6). */
export function stepLaunchContext(launch: Launch): MergeContext {
  return { ...launchContext(launch), upstream: false };
}
