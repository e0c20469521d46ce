import { hash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import {
  StartWorkflowRequestSchema,
  type StartWorkflowRequest,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { InitiatorSchema, type Initiator } from '@maestro/proto/maestro/types/v1/instance';
import { MessageWriter } from './message-writer.js';

/** EncodedStart is a start as it is stored, and what tells whether a request that is repeated asks for the same. */
export interface EncodedStart {
  readonly origin: Uint8Array;
  readonly requestHash: Uint8Array;
}

/**
 * encodeStart: the start is stored as it came. Its time differs between repeats and does not make them another request, so the hash is
 * taken of the start without it.
 */
export function encodeStart(message: StartWorkflowRequest): EncodedStart {
  const { requestTime } = message;
  message.requestTime = 0n;
  const timeless = isPlain(message) ? encodePlain(message) : toBinary(StartWorkflowRequestSchema, message);
  message.requestTime = requestTime;
  const origin = requestTime === 0n ? timeless : toBinary(StartWorkflowRequestSchema, message);
  return { origin, requestHash: hash('sha256', timeless, 'buffer') };
}

/** Most starts say who starts what and nothing else: these are written by hand. */
function isPlain(message: StartWorkflowRequest): boolean {
  const { runtimeTags, runParams, stepRunParams, artifacts, persistFailedRun, $unknown } = message;
  if ($unknown !== undefined || runtimeTags.length > 0 || persistFailedRun) return false;
  return runParams === undefined && artifacts === undefined && Object.keys(stepRunParams).length === 0;
}

function encodePlain({ requestId, workflowId, version, initiator }: StartWorkflowRequest): Uint8Array {
  const writer = new MessageWriter().text(1, requestId).text(2, workflowId).text(3, version);
  if (initiator !== undefined) writer.item(4, encodeInitiator(initiator));
  return writer.finish();
}

function encodeInitiator(initiator: Initiator): Uint8Array {
  const { kind } = initiator;
  const user = kind.case === 'manual' ? kind.value.user : undefined;
  if (user === undefined || user.extra !== undefined) return toBinary(InitiatorSchema, initiator);
  const name = new MessageWriter().text(1, user.name).finish();
  return new MessageWriter().item(1, new MessageWriter().item(1, name).finish()).finish();
}
