import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { file_maestro_executor_v1_worker_service } from '@maestro/proto/maestro/executor/v1/worker_service';

const COMPILED = join(__dirname, '../../worker-python/src/maestro_worker/worker_service.binpb');

/** After a change of the contract: MAESTRO_WRITE=1 npx jest python-protocol */
test('the compiled contract of the Python library is that of proto/', () => {
  const now = Buffer.from(toBinary(FileDescriptorProtoSchema, file_maestro_executor_v1_worker_service.proto));
  if (process.env['MAESTRO_WRITE'] === '1') writeFileSync(COMPILED, now);
  expect(readFileSync(COMPILED).equals(now)).toBe(true);
});
