import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { MaestroError, type RunStrategy, type WorkflowKey } from '@maestro/domain';
import { compilePlan, type Plan, type PlanSettings } from '@maestro/engine';
import { createClient, type Channel } from '@maestro/grpc';
import { DefinitionService, type ResolvedVersion } from '@maestro/proto/maestro/definition/v1/definition_service';
import { WorkflowDefinitionSchema } from '@maestro/proto/maestro/types/v1/definition';
import { createCompiler, type Compiler } from '@maestro/sel';
import { stepTypesWith } from '@maestro/steps';
import { definitionFromProto, runStrategyFromProto } from '@maestro/wire';
import { LRUCache } from 'lru-cache';
import type { QueueSeed } from '../../commit/input.js';
import type { CopyKey, DefinitionCopies } from '../../ports/definition-copies.js';
import type { DefinitionStore, ResolvedWorkflow } from '../../ports/definition-store.js';
import type { VersionResolver } from './version-resolver.js';

const PLANS = 1_000;
const EXPRESSIONS = 10_000;

/** grpcDefinitions asks the definition service, keeps what is immutable, and falls back on own copies while it is away. */
export function grpcDefinitions(
  channel: Channel,
  resolver: VersionResolver,
  copies: DefinitionCopies,
  settings: PlanSettings,
): DefinitionStore {
  const client = createClient(DefinitionService, channel, { caller: 'scheduler' });
  const compiler = createCompiler({ cacheSize: EXPRESSIONS });
  const plans = new LRUCache<string, Plan>({ max: PLANS });
  const loading = new Map<string, Promise<Plan>>();

  const fetchDefinition = async (key: CopyKey): Promise<Uint8Array> => {
    const { workflowKey, version, templateRevision = 0 } = key;
    const known = await copies.read(key);
    if (known !== undefined) return known;
    const request = { workflowKey, version: String(version), templateRevision: BigInt(templateRevision) };
    const { definition } = await client.getWorkflow(request, { detached: true });
    if (definition === undefined)
      throw new MaestroError('VERSION_NOT_FOUND', `Version ${String(version)} does not exist.`);
    const bytes = toBinary(WorkflowDefinitionSchema, definition);
    await copies.write(key, bytes);
    return bytes;
  };
  const load = async (key: CopyKey): Promise<Plan> => compiled(key, await fetchDefinition(key), compiler, settings);
  return {
    resolve: (workflowId, version) =>
      resolver
        .resolve(workflowId, version)
        .then(resolvedOf, (error: unknown) => resolveFromCopy(copies, workflowId, version, error)),
    cachedPlan: (workflowKey, version, revision) => plans.get(planKey(workflowKey, version, revision)),
    plan: async (workflowKey, version, templateRevision) => {
      const key = planKey(workflowKey, version, templateRevision);
      const known = plans.get(key);
      if (known !== undefined) return known;
      const plan = await shared(loading, key, () => load({ workflowKey, version, templateRevision }));
      plans.set(key, plan);
      return plan;
    },
  };
}

function compiled(key: CopyKey, bytes: Uint8Array, compiler: Compiler, settings: PlanSettings): Plan {
  const {
    workflow,
    templates = [],
    propertiesSnapshot,
    usedStepTypes = [],
  } = definitionFromProto(fromBinary(WorkflowDefinitionSchema, bytes));
  const { owner } = propertiesSnapshot;
  const around = owner === undefined ? settings : { ...settings, owner: owner.name };
  // What the types of workers meant when the version was pushed: a run does not change because a worker came or went.
  const stepType = stepTypesWith(new Map(usedStepTypes.map(({ written, type }) => [written, type])));
  const { loopIterations } = settings;
  const limits = loopIterations === undefined ? undefined : { iterations: loopIterations };
  return compilePlan({
    ...key,
    workflow,
    templates,
    compiler,
    stepType,
    settings: around,
    ...(limits && { limits }),
  });
}

/** Many who need the same version at the same time load it once. */
function shared(loading: Map<string, Promise<Plan>>, key: string, load: () => Promise<Plan>): Promise<Plan> {
  const running = loading.get(key);
  if (running !== undefined) return running;
  const started = load().finally(() => loading.delete(key));
  loading.set(key, started);
  return started;
}

const planKey = (workflowKey: WorkflowKey, version: bigint, templateRevision = 0): string =>
  `${String(workflowKey)}@${String(version)}@${String(templateRevision)}`;

function resolvedOf(resolved: ResolvedVersion): ResolvedWorkflow {
  const strategy: RunStrategy =
    resolved.runStrategy === undefined
      ? { rule: 'SEQUENTIAL', workflowConcurrency: 1 }
      : runStrategyFromProto(resolved.runStrategy);
  const { workflowKey, workflowId, tenant, revision, activeVersion, version } = resolved;
  const seed: QueueSeed = {
    workflowKey,
    workflowId,
    tenant,
    revision,
    activeVersion,
    rule: strategy.rule,
    concurrency: strategy.workflowConcurrency,
  };
  const templateRevision = resolved.templateRevision === 0n ? undefined : Number(resolved.templateRevision);
  return { seed, version, templateRevision, stepConcurrency: resolved.stepConcurrency, stale: false };
}

/** Only the absence of the service is bridged: `active` and exact versions are known here, `latest` is not. */
async function resolveFromCopy(
  copies: DefinitionCopies,
  workflowId: string,
  version: string,
  error: unknown,
): Promise<ResolvedWorkflow> {
  if (!(error instanceof MaestroError && error.code === 'UNAVAILABLE')) throw error;
  const row = await copies.queueOf(workflowId);
  if (row === undefined || row.closed) throw error;
  const exact = /^\d+$/.test(version) ? BigInt(version) : undefined;
  const wanted = exact ?? (version === 'active' || version === 'default' ? row.activeVersion : 0n);
  if (wanted === 0n) throw error;
  const templateRevision = await copies.newestRevision(row.workflowKey, wanted);
  return { seed: row, version: wanted, templateRevision, stale: true };
}
