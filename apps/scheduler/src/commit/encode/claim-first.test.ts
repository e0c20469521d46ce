import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import { claimFirst } from './claim-first.js';

const place = { runKey: 7n, ordinal: 0, attempt: 1, dispatch: 1, subject: 'tasks' };

it('makes a copy of a task that is fresh to nobody and the same otherwise', () => {
  const task = { runKey: 7n, dispatch: 1, stepId: 'a', dispatchedAt: 1_000n, fastStartMillis: 5_000n };
  const data = toBinary(TaskSchema, create(TaskSchema, task));
  const copy = fromBinary(TaskSchema, claimFirst({ ...place, messageId: '7-0-1-task-1', data }).data);
  expect(copy).toMatchObject({ ...task, fastStartMillis: -3_600_000n, copy: true });
});

it('leaves a hint as it is', () => {
  const hint = { ...place, messageId: '', data: new Uint8Array([1]) };
  expect(claimFirst(hint)).toBe(hint);
});
