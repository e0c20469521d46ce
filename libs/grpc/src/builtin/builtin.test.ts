import { create, createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Health, HealthCheckResponse_ServingStatus as Serving } from '@maestro/proto/grpc/health/v1/health';
import { ServerReflection } from '@maestro/proto/grpc/reflection/v1/reflection';
import { createClient, type ClientOf } from '../client/create-client.js';
import { EchoService } from '../fixtures/echo_pb.js';
import { collect, startEcho, streamOf, type RunningEcho } from '../fixtures/echo-server.js';

const ECHO = EchoService.typeName;

describe('health', () => {
  let echo: RunningEcho;
  let health: ClientOf<typeof Health>;
  beforeEach(async () => {
    echo = await startEcho();
    health = createClient(Health, echo.channel);
  });
  afterEach(() => echo.stop());

  it('serves by name and as a whole, until one service cannot', async () => {
    expect((await health.check({ service: ECHO })).status).toBe(Serving.SERVING);
    expect((await health.check({})).status).toBe(Serving.SERVING);
    echo.server.health.setServing(ECHO, false);
    expect((await health.check({ service: ECHO })).status).toBe(Serving.NOT_SERVING);
    expect((await health.check({})).status).toBe(Serving.NOT_SERVING);
  });

  it('answers NOT_FOUND for a service that is not here', async () => {
    await expect(health.check({ service: 'x.Y' })).rejects.toMatchObject({ code: 'ROUTE_NOT_FOUND' });
  });

  it('streams changes, also of a service that appears later, and ends with NOT_SERVING on drain', async () => {
    const watch = health.watch({ service: 'later' })[Symbol.asyncIterator]();
    const next = async (): Promise<Serving | 'end'> => {
      const item = await watch.next();
      return item.done === true ? 'end' : item.value.status;
    };
    expect(await next()).toBe(Serving.SERVICE_UNKNOWN);
    echo.server.health.setServing('later', true);
    expect(await next()).toBe(Serving.SERVING);
    const drained = echo.server.drain(5_000);
    expect(await next()).toBe(Serving.NOT_SERVING);
    expect(await next()).toBe('end');
    await drained;
  });
});

describe('reflection', () => {
  let echo: RunningEcho;
  let reflect: ClientOf<typeof ServerReflection>['serverReflectionInfo'];
  beforeAll(async () => {
    echo = await startEcho();
    reflect = createClient(ServerReflection, echo.channel).serverReflectionInfo;
  });
  afterAll(() => echo.stop());

  it('lists the services', async () => {
    const [answer] = await collect(reflect(streamOf({ messageRequest: { case: 'listServices', value: '' } })));
    expect(answer?.messageResponse).toMatchObject({
      case: 'listServicesResponse',
      value: { service: [{ name: ECHO }, { name: ServerReflection.typeName }] },
    });
  });

  it.each([ECHO, `${ECHO}.Say`, 'maestro.grpctest.v1.SayRequest'])(
    'sends files from which a client can rebuild %s',
    async (symbol) => {
      const request = { messageRequest: { case: 'fileContainingSymbol', value: symbol } } as const;
      const [answer] = await collect(reflect(streamOf(request)));
      if (answer?.messageResponse.case !== 'fileDescriptorResponse') throw new Error('no file came');
      const file = answer.messageResponse.value.fileDescriptorProto.map((b) =>
        fromBinary(FileDescriptorProtoSchema, b),
      );
      const rebuilt = createFileRegistry(create(FileDescriptorSetSchema, { file }));
      expect(rebuilt.getService(ECHO)?.method['chat']?.methodKind).toBe('bidi_streaming');
    },
  );

  it('answers every request of a stream, unknown and empty ones with an error', async () => {
    const answers = await collect(
      reflect(
        streamOf(
          { messageRequest: { case: 'fileContainingSymbol' as const, value: 'no.Such' } },
          { messageRequest: { case: 'allExtensionNumbersOfType' as const, value: 'maestro.grpctest.v1.SayRequest' } },
          { messageRequest: { case: undefined } },
        ),
      ),
    );
    expect(answers.map(({ messageResponse }) => messageResponse.case)).toEqual([
      'errorResponse',
      'allExtensionNumbersResponse',
      'errorResponse',
    ]);
  });
});
