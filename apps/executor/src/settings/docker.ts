import { integer, optional, setting, text } from '@maestro/config';
import { bytesOf, cpusOf } from '../runtimes/container/quantity.js';
import { z } from 'zod';

function amount(read: (value: string, name: string) => number): z.ZodType<number | undefined, string> {
  return z.string().transform((value, context) => {
    try {
      return value === '' ? undefined : read(value, 'it');
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
}

/** dockerSettings say where Docker steps run and what they may have there. */
export const dockerSettings = {
  dockerHost: setting({
    flag: 'executor-docker-host',
    env: 'MAESTRO_EXECUTOR_DOCKER_HOST',
    schema: optional(text()),
    default: '',
    doc: 'the Docker engine of Docker steps; empty: this executor has none',
    example: 'unix:///var/run/docker.sock',
  }),
  dockerMounts: setting({
    flag: 'executor-docker-mounts',
    env: 'MAESTRO_EXECUTOR_DOCKER_MOUNTS',
    schema: optional(text()),
    default: '',
    doc: 'folders of the host below which containers may mount, separated by commas; read-only unless :rw follows; empty: none',
    example: '/data,/scratch:rw',
  }),
  dockerNetworks: setting({
    flag: 'executor-docker-networks',
    env: 'MAESTRO_EXECUTOR_DOCKER_NETWORKS',
    schema: text(),
    default: 'bridge,none',
    doc: 'networks that containers may use, separated by commas; the first is the default',
    example: 'none,jobs',
  }),
  dockerMaxCpu: setting({
    flag: 'executor-docker-max-cpu',
    env: 'MAESTRO_EXECUTOR_DOCKER_MAX_CPU',
    schema: amount(cpusOf),
    default: '',
    doc: 'processors that a container may have at most, and has when it does not ask; empty: all',
    example: '2',
  }),
  dockerMaxMemory: setting({
    flag: 'executor-docker-max-memory',
    env: 'MAESTRO_EXECUTOR_DOCKER_MAX_MEMORY',
    schema: amount(bytesOf),
    default: '',
    doc: 'memory that a container may have at most, and has when it does not ask; empty: all',
    example: '4Gi',
  }),
  dockerMaxPids: setting({
    flag: 'executor-docker-max-pids',
    env: 'MAESTRO_EXECUTOR_DOCKER_MAX_PIDS',
    schema: integer({ min: 1, max: 4_194_304 }),
    default: '1024',
    doc: 'processes and threads that a container may have at most',
    example: '256',
  }),
  dockerKeepHours: setting({
    flag: 'executor-docker-keep-hours',
    env: 'MAESTRO_EXECUTOR_DOCKER_KEEP_HOURS',
    schema: integer({ min: 1, max: 24 * 366 }),
    default: '24',
    doc: 'how long an ended container that nobody removed is kept',
    example: '6',
  }),
};
