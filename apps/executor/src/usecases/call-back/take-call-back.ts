import { createHmac, timingSafeEqual } from 'node:crypto';
import { MaestroError, parseAttemptId } from '@maestro/domain';
import type { CallBackProof, CallBackStore, CallBackVerdict } from '../../ports/call-back-store.js';
import type { Clock } from '../../ports/clock.js';
import { hashOf } from '../output-data/attempt-token.js';
import { readCallBack } from './read-call-back.js';

export interface TakeCallBackDeps {
  readonly store: CallBackStore;
  readonly clock: Pick<Clock, 'now'>;
}

/** GivenProof is a token, or the signature of the body (HMAC-SHA256, whose key is the hash of the token). */
export type GivenProof = { readonly token: string } | { readonly signature: Uint8Array } | undefined;

const REFUSALS: Readonly<Record<Exclude<CallBackVerdict, 'accepted' | 'repeated'>, MaestroError>> = {
  forged: new MaestroError(
    'PERMISSION_DENIED',
    'This call-back proves nothing: its token or signature is not that of the attempt. Call back exactly the URL that was given.',
  ),
  ended: new MaestroError(
    'CONFLICT',
    'The attempt has ended (it ran into its timeout, or was stopped): the call-back comes too late.',
  ),
  contradicts: new MaestroError('CONFLICT', 'The attempt was told something else before: the first call-back counts.'),
  'not-waiting': new MaestroError('CONFLICT', 'The attempt waits for no call-back.'),
};

/** takeCallBack tells an attempt its result; true when it had been told the same before. Throws PERMISSION_DENIED, CONFLICT, INVALID_REQUEST. */
export async function takeCallBack(
  deps: TakeCallBackDeps,
  attemptId: string,
  proof: GivenProof,
  body: Uint8Array,
): Promise<boolean> {
  const of = parseAttemptId(attemptId);
  if (of === undefined || proof === undefined) throw REFUSALS.forged;
  checkBody(body);
  const verdict = await deps.store.accept(of, proofOf(proof, body), body, deps.clock.now());
  if (verdict === 'accepted' || verdict === 'repeated') return verdict === 'repeated';
  throw REFUSALS[verdict];
}

function proofOf(given: Exclude<GivenProof, undefined>, body: Uint8Array): CallBackProof {
  if ('token' in given) {
    const presented = hashOf(given.token);
    return { fits: (hash) => same(hash, presented) };
  }
  return { fits: (hash) => same(createHmac('sha256', hash).update(body).digest(), given.signature) };
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function checkBody(body: Uint8Array): void {
  try {
    readCallBack(body);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MaestroError(
      'INVALID_REQUEST',
      `The call-back is not a document {state, message, params, artifacts}: ${reason}.`,
      {
        cause,
      },
    );
  }
}
