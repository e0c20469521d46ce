import { ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { delivery, fakeExecution, settled } from '../testing/fake-execution.js';
import { waitUntil } from '@maestro/testing';
import { acceptTask } from './accept-task.js';

const OWNED = { replicas: [{ replicaId: 'sched-2', shards: [3] }] } as never;

it('reports of one tick share one request', async () => {
  const { execution, link } = fakeExecution();
  for (let count = 0; count < 3; count += 1) acceptTask(execution, delivery({ stepType: 'Nonsense' }));
  await settled();
  expect(link.requests.map(({ reports }) => reports.length)).toEqual([3]);
});

it('a big tick is cut into requests of at most 300 reports', async () => {
  const { execution, link } = fakeExecution();
  for (let count = 0; count < 700; count += 1) acceptTask(execution, delivery({ stepType: 'Nonsense' }));
  await settled();
  expect(link.requests.map(({ reports }) => reports.length)).toEqual([300, 300, 100]);
});

it('reports go straight to the replica that owns the shard', async () => {
  const { execution, link } = fakeExecution();
  execution.reports.learnReplicas(OWNED);
  acceptTask(execution, delivery({ stepType: 'Nonsense' }));
  await settled();
  expect(link.requests.map(({ replica }) => replica)).toEqual(['sched-2']);
});

it('when nobody listens for that replica, any other takes them', async () => {
  const { execution, link } = fakeExecution();
  execution.reports.learnReplicas(OWNED);
  link.answer = (reports, replica) =>
    replica === undefined ? reports.map(() => ReportVerdict.ACCEPTED) : 'no-responders';
  acceptTask(execution, delivery({ stepType: 'Nonsense' }));
  await waitUntil(() => execution.attempts.size === 0);
  expect(link.requests.map(({ replica }) => replica)).toEqual(['sched-2', undefined]);
});

it('a report without an answer is kept and sent again', async () => {
  const { execution, link } = fakeExecution();
  let asked = 0;
  link.answer = (reports) => ((asked += 1) < 3 ? 'no-answer' : reports.map(() => ReportVerdict.ACCEPTED));
  const task = delivery({ stepType: 'Nonsense' });
  acceptTask(execution, task);
  await settled();
  expect([execution.reports.unanswered, task.acks]).toEqual([1, 0]);
  await waitUntil(() => execution.reports.unanswered === 0);
  expect([asked, task.acks]).toEqual([3, 1]);
});

it('a result that comes too early for the scheduler is sent again later', async () => {
  const { execution, link } = fakeExecution();
  let asked = 0;
  link.answer = (reports) => reports.map(() => ((asked += 1) === 1 ? ReportVerdict.LATER : ReportVerdict.ACCEPTED));
  acceptTask(execution, delivery({ stepType: 'Nonsense' }));
  await waitUntil(() => asked === 2 && execution.reports.unanswered === 0);
  expect(link.results()).toHaveLength(2);
});
