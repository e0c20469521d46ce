import { create } from '@bufbuild/protobuf';
import {
  WorkerCancelSchema,
  WorkerTaskSchema,
  WorkerWelcomeSchema,
  type WorkerTask,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import { Outbox } from './outbox.js';

const welcome = create(WorkerWelcomeSchema, { sessionId: 's' });
const task = (id: string, bytes = 0): WorkerTask => create(WorkerTaskSchema, { id, paramsJson: new Uint8Array(bytes) });

async function sent(outbox: Outbox) {
  const messages = [];
  outbox.close();
  for await (const message of outbox.messages()) messages.push(message);
  return messages;
}

test('the welcome comes first; what comes up together travels together', async () => {
  const outbox = new Outbox(welcome);
  outbox.addTask(task('a'));
  outbox.addTask(task('b'));
  outbox.addCancel(create(WorkerCancelSchema, { taskId: 'a' }));
  outbox.addReceived('c');
  outbox.answerHeartbeat(1n, []);
  outbox.answerHeartbeat(2n, []);
  const messages = await sent(outbox);
  expect(messages).toMatchObject([
    { welcome: { sessionId: 's' }, tasks: [{ id: 'a' }, { id: 'b' }], cancels: [{ taskId: 'a' }], received: ['c'] },
  ]);
  expect(messages[0]?.heartbeat?.sequence).toBe(2n);
});

test('large tasks are spread over messages, none is lost', async () => {
  const outbox = new Outbox(welcome);
  for (const id of ['a', 'b', 'c', 'd']) outbox.addTask(task(id, 600_000));
  const batches = (await sent(outbox)).map(({ tasks }) => tasks.map(({ id }) => id));
  expect(batches.flat()).toEqual(['a', 'b', 'c', 'd']);
  expect(batches.length).toBeGreaterThan(2);
});

test('who waits for a message is woken by it, and by the end', async () => {
  const outbox = new Outbox(undefined);
  const messages = outbox.messages();
  await messages.next();
  const next = messages.next();
  outbox.addReceived('a');
  expect((await next).value).toMatchObject({ received: ['a'] });
  const last = messages.next();
  outbox.close();
  expect((await last).done).toBe(true);
});
