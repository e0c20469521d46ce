import { create, toBinary } from '@bufbuild/protobuf';
import { DEFINITION_CHANGED, type Messaging } from '@maestro/messaging';
import { DefinitionChangedSchema } from '@maestro/proto/maestro/events/v1/events';
import type { Logger } from '@maestro/telemetry';
import type { FeedTeller } from '../../ports/change-feed.js';

/**
 * hintPublisher tells other services that the feed has grown. Best effort: a hint that is lost costs them their next
 * regular look, never a change. While one publish is under way only the newest number waits: it stands for all before.
 */
export function hintPublisher(messaging: Pick<Messaging, 'publishBatch'>, logger: Logger): FeedTeller {
  let waiting: { readonly sequence: bigint; readonly workflowId: string } | undefined;
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    for (let hint = waiting; hint !== undefined; hint = waiting) {
      waiting = undefined;
      const data = toBinary(DefinitionChangedSchema, create(DefinitionChangedSchema, hint));
      const failures = await messaging.publishBatch([{ subject: DEFINITION_CHANGED, data }]);
      for (const { message } of failures)
        logger.warn({ workflow: hint.workflowId }, `a hint was not published: ${message}`);
    }
    running = false;
  };
  const failed = (err: unknown): void => {
    running = false;
    logger.warn({ err }, 'a hint cannot be published');
  };
  return {
    grew: (sequence, workflowId) => {
      if (waiting === undefined || waiting.sequence < sequence) waiting = { sequence, workflowId };
      if (!running) run().catch(failed);
    },
  };
}
