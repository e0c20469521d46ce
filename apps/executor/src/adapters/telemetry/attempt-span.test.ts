import { create } from '@bufbuild/protobuf';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import { startTracing } from '@maestro/telemetry';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { openAttemptSpan } from './attempt-span.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

const exporter = new InMemorySpanExporter();
const tracing = startTracing({ service: 'test', version: '1', sampleRate: 10, exporter });
afterAll(() => tracing.stop());

function spanOf(traceparent: string) {
  const task = create(TaskSchema, { stepType: 'Shell', workflowId: 'wf', workflowInstanceId: 7n, traceparent });
  return openAttemptSpan(tracing.tracer, task);
}

it('the span of an attempt joins the trace of its run, and the process becomes its child', () => {
  const span = spanOf(`00-${TRACE}-${PARENT}-01`);
  expect(span?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  expect(span?.traceparent).not.toContain(PARENT);
});

it('a run that is not traced costs no span', () => {
  expect(spanOf('')).toBeUndefined();
  expect(spanOf(`00-${TRACE}-${PARENT}-00`)).toBeUndefined();
});
