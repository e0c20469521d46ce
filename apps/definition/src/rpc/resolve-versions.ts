import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { DefinitionService, type ResolveOutcomeSchema } from '@maestro/proto/maestro/definition/v1/definition_service';
import { runStrategyToProto } from '@maestro/wire';
import { resolveVersions, type Answer } from '../usecases/resolve-versions.js';
import type { DefinitionDeps } from './definition-deps.js';

/** resolveVersionsRpc serves ResolveVersions: one statement a message, answered in the order of the messages. */
export function resolveVersionsRpc({
  reads,
}: DefinitionDeps): Handler<typeof DefinitionService.method.resolveVersions> {
  return async function* (requests) {
    for await (const { correlation, selectors } of requests) {
      const answers = await resolveVersions(reads, selectors);
      yield { correlation, outcomes: answers.map(outcomeOf) };
    }
  };
}

function outcomeOf(answer: Answer): MessageInitShape<typeof ResolveOutcomeSchema> {
  if (answer instanceof MaestroError) {
    return {
      outcome: {
        case: 'failure',
        value: {
          code: answer.code,
          message: answer.message,
          violations: answer.violations.map(({ path, message }) => ({ path, message })),
        },
      },
    };
  }
  const { workflowKey, workflowId, version, tenant, revision, runStrategy, activeVersion = 0n } = answer;
  const { templateRevision, stepConcurrency } = answer;
  const value = {
    workflowKey,
    workflowId,
    version,
    tenant,
    revision,
    activeVersion,
    runStrategy: runStrategyToProto(runStrategy),
    templateRevision,
    ...(stepConcurrency === undefined ? {} : { stepConcurrency }),
  };
  return { outcome: { case: 'resolved', value } };
}
