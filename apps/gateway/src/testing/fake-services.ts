import type { DescService, Message } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { bindService, type BoundService, type CallContext, createServer, type Handlers } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import { ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import { AlertService } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { ViewService } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { silentLogger } from '@maestro/telemetry';

/** SeenCall is one call that arrived at a fake service. */
export interface SeenCall {
  readonly method: string;
  readonly request: Message & Record<string, unknown>;
  readonly caller: string | undefined;
  readonly traceparent: unknown;
}

/** FakeAnswers says what some methods answer: one message, or an iterable for a stream. */
export type FakeAnswers = Partial<
  Handlers<typeof DefinitionService> &
    Handlers<typeof JobTemplateService> &
    Handlers<typeof SchedulerService> &
    Handlers<typeof ActionService> &
    Handlers<typeof ViewService> &
    Handlers<typeof PermitService> &
    Handlers<typeof TriggerService> &
    Handlers<typeof ExecutorService> &
    Handlers<typeof SignalService> &
    Handlers<typeof LineageService> &
    Handlers<typeof NotifierService> &
    Handlers<typeof AlertService>
>;

/** FakeServices are all four services behind one real socket. */
export interface FakeServices {
  readonly address: string;
  readonly calls: SeenCall[];
  answers: FakeAnswers;
  stop(): Promise<void>;
}

type Any = (request: unknown, context: CallContext) => unknown;

function bind(service: DescService, fake: FakeServices): BoundService {
  const answerOf = (name: string, request: unknown, context: CallContext): unknown => {
    const [traceparent] = context.metadata.get('traceparent');
    const { caller } = context;
    fake.calls.push({ method: name, request: request as SeenCall['request'], caller, traceparent });
    const answer = (fake.answers as Record<string, Any | undefined>)[name];
    if (answer === undefined) throw new MaestroError('NOT_SUPPORTED', `the test has no answer for ${name}`);
    return answer(request, context);
  };
  const handlers = service.methods.map(({ localName, methodKind }) => {
    const single: Any = async (request, context) => answerOf(localName, request, context);
    const many: Any = async function* (request, context) {
      yield* answerOf(localName, request, context) as AsyncIterable<unknown>;
    };
    return [localName, methodKind === 'server_streaming' || methodKind === 'bidi_streaming' ? many : single];
  });
  return bindService(service, Object.fromEntries(handlers) as never);
}

/** startFakeServices serves what `answers` says; methods without an answer fail with NOT_SUPPORTED. */
export async function startFakeServices(): Promise<FakeServices> {
  const fake: { -readonly [K in keyof FakeServices]: FakeServices[K] } = {
    address: '',
    calls: [],
    answers: {},
    stop: () => Promise.resolve(),
  };
  const scheduling = [SchedulerService, ActionService, ViewService, PermitService, TriggerService];
  const defining = [DefinitionService, JobTemplateService];
  const notifying = [NotifierService, AlertService];
  const services = [...defining, ...scheduling, ...notifying, ExecutorService, SignalService, LineageService].map(
    (each) => bind(each, fake),
  );
  const server = createServer({ services, logger: silentLogger });
  fake.address = `127.0.0.1:${await server.listen('127.0.0.1:0')}`;
  fake.stop = () => server.drain(0);
  return fake;
}
