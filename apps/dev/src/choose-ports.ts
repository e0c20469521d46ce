import { freePort, isPortFree } from '@maestro/launcher';
import { devConfig, type DevConfig } from './config.js';
import type { Ports } from './services.js';

const PORT_SETTINGS = [
  'restPort',
  'definitionPort',
  'schedulerPort',
  'executorPort',
  'signalPort',
  'notifierPort',
  'definitionMetricsPort',
  'schedulerMetricsPort',
  'executorMetricsPort',
  'signalMetricsPort',
  'gatewayMetricsPort',
  'notifierMetricsPort',
] as const;
type PortSetting = (typeof PORT_SETTINGS)[number];

/** choosePorts checks every fixed port and picks free ones for the others. Throws naming all that are in use. */
export async function choosePorts(config: DevConfig): Promise<Ports> {
  const chosen = {} as Record<PortSetting, number>;
  const problems: string[] = [];
  for (const name of PORT_SETTINGS) {
    const wished = config.anyPorts ? 0 : config[name];
    chosen[name] = wished === 0 ? await unusedPort(Object.values(chosen)) : wished;
    if (wished !== 0 && !(await isPortFree(wished))) problems.push(inUse(name, wished));
  }
  if (problems.length > 0) {
    throw new Error([...problems, 'Or let Maestro choose all ports: npm start -- --any-ports'].join('\n'));
  }
  return portsOf(chosen);
}

/** A free port is only free until something listens, so two questions can get the same answer. */
async function unusedPort(taken: readonly number[]): Promise<number> {
  const found = await freePort();
  return taken.includes(found) ? unusedPort(taken) : found;
}

function inUse(name: PortSetting, wished: number): string {
  const { flag, env, doc } = devConfig.settings[name];
  const what = doc.replace(/ \(.*/, '');
  const other = wished < 65_000 ? wished + 100 : wished - 100;
  return `Port ${wished} (${what}) is in use by another program. Choose another: npm start -- --${flag} ${other}, or ${env}=${other}`;
}

function portsOf(chosen: Readonly<Record<PortSetting, number>>): Ports {
  return {
    rest: chosen.restPort,
    grpc: {
      definition: chosen.definitionPort,
      scheduler: chosen.schedulerPort,
      executor: chosen.executorPort,
      signal: chosen.signalPort,
      notifier: chosen.notifierPort,
    },
    metrics: {
      definition: chosen.definitionMetricsPort,
      scheduler: chosen.schedulerMetricsPort,
      executor: chosen.executorMetricsPort,
      signal: chosen.signalMetricsPort,
      notifier: chosen.notifierMetricsPort,
      gateway: chosen.gatewayMetricsPort,
    },
  };
}
