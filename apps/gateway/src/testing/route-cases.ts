import type { FakeAnswers } from './fake-services.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';

/** RouteCase is one request, what the services answer, and what must come out of both ends. */
export interface RouteCase {
  readonly route: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly answers: FakeAnswers;
  /** The last call that arrived, and what its request must have. */
  readonly calls: string;
  readonly request?: object;
  readonly status?: number;
  readonly json: unknown;
}

/** testGateway starts a gateway before the tests of a file and stops it after them. */
export function testGateway(): () => TestGateway {
  let gateway: TestGateway | undefined;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway?.stop());
  return () => {
    if (gateway === undefined) throw new Error('the gateway has not started');
    return gateway;
  };
}

/** testRoutes makes a test of every case. */
export function testRoutes(gateway: () => TestGateway, cases: readonly RouteCase[]): void {
  describe.each(cases)('$route', (each) => {
    it('passes the request on in the name of its caller and answers in the JSON of the original', async () => {
      const { headers = {}, body, request = {}, status = 200 } = each;
      gateway().serve(each.answers);
      const [method = '', path = ''] = each.route.split(' ');
      const answer = await gateway().send(method, path, { headers, ...(body === undefined ? {} : { body }) });
      expect(answer.json).toEqual(each.json);
      expect(answer.status).toBe(status);
      const last = gateway().calls.at(-1);
      expect(last?.method).toBe(each.calls);
      expect(last?.caller).toBe('tester');
      expect(last?.request).toMatchObject(request);
    });
  });
}
