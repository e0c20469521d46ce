import { EventEmitter } from 'node:events';
import { create } from '@bufbuild/protobuf';
import type { Client } from '@grpc/grpc-js';
import {
  WorkerLogSchema,
  WorkerResultSchema,
  type WorkRequest,
  type WorkerLog,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import { pieces, WorkerStream } from './worker-stream.js';

/** A call whose peer reads only when the test says so. */
class Peer extends EventEmitter {
  readonly heard: WorkRequest[] = [];
  reads = true;

  write(message: WorkRequest): boolean {
    this.heard.push(message);
    return this.reads;
  }

  end(): void {
    this.emit('end');
  }
}

function streamTo(peer: Peer): WorkerStream {
  const client = { makeBidiStreamRequest: () => peer } as unknown as Client;
  return new WorkerStream(client, { message: () => undefined, ended: () => undefined });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const log = (size: number): WorkerLog => create(WorkerLogSchema, { taskId: 'a', data: new Uint8Array(size) });

test('what is said in one turn travels together', async () => {
  const peer = new Peer();
  const stream = streamTo(peer);
  stream.sayLog(log(1));
  stream.say({ results: [create(WorkerResultSchema, { taskId: 'a' })] });
  await turn();
  expect(peer.heard).toMatchObject([{ logs: [{ taskId: 'a' }], results: [{ taskId: 'a' }] }]);
});

test('while the peer is behind, logs wait up to a bound; then they are dropped, and the log says so', async () => {
  const peer = new Peer();
  peer.reads = false;
  const stream = streamTo(peer);
  stream.say({ drain: true });
  await turn();
  for (let piece = 0; piece < 20; piece += 1) stream.sayLog(log(1024 * 1024));
  peer.reads = true;
  peer.emit('drain');
  await turn();
  const bytes = peer.heard.flatMap(({ logs }) => logs).reduce((sum, { data }) => sum + data.length, 0);
  expect(bytes).toBe(8 * 1024 * 1024);
  stream.sayLog(log(1));
  await turn();
  const [mark, rest] = peer.heard.at(-1)?.logs ?? [];
  expect(new TextDecoder().decode(mark?.data)).toContain('dropped');
  expect(rest?.data).toHaveLength(1);
});

test('messages stay below the size that the server takes', async () => {
  const peer = new Peer();
  const stream = streamTo(peer);
  for (const taskId of ['a', 'b', 'c']) {
    stream.say({ results: [create(WorkerResultSchema, { taskId, outputJson: new Uint8Array(600_000) })] });
  }
  await turn();
  expect(peer.heard.map(({ results }) => results.map(({ taskId }) => taskId))).toEqual([['a'], ['b'], ['c']]);
});

test('texts are cut into pieces of 64 KB', () => {
  expect(pieces('x'.repeat(100_000)).map(({ length }) => length)).toEqual([65_536, 34_464]);
});
