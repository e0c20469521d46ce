import type { Handlers } from '@maestro/grpc';
import type { CallBackRequest, ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import { takeCallBack, type GivenProof, type TakeCallBackDeps } from '../usecases/call-back/take-call-back.js';

/** callBackHandler serves CallBack. */
export function callBackHandler(deps: TakeCallBackDeps): Handlers<typeof ExecutorService>['callBack'] {
  return async ({ attemptId, proof, body }) => ({ repeated: await takeCallBack(deps, attemptId, given(proof), body) });
}

function given(proof: CallBackRequest['proof']): GivenProof {
  if (proof.case === 'token') return { token: proof.value };
  return proof.case === 'signature' ? { signature: proof.value } : undefined;
}
