import type { V1Toleration, V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import { StepFailure } from '../process/step-failure.js';

/** Volume is a volume of a pod and where it is seen. */
export interface Volume {
  readonly volume: V1Volume;
  readonly mount: V1VolumeMount;
}

const SOURCES: Readonly<Record<string, (of: string, readOnly: boolean) => Omit<V1Volume, 'name'>>> = {
  pvc: (claimName, readOnly) => ({ persistentVolumeClaim: { claimName, readOnly } }),
  configmap: (name) => ({ configMap: { name } }),
  secret: (secretName) => ({ secret: { secretName } }),
  emptydir: () => ({ emptyDir: {} }),
};

/** volumeOf reads `kind:name:/path[:ro|:rw]`; paths of nodes are not among the kinds. Throws a StepFailure. */
export function volumeOf(text: string, index: number): Volume {
  const [kind = '', of = '', mountPath = '', mode = 'rw', ...more] = text.split(':');
  const source = Object.hasOwn(SOURCES, kind) ? SOURCES[kind] : undefined;
  const wellFormed = of !== '' && mountPath.startsWith('/') && (mode === 'ro' || mode === 'rw') && more.length === 0;
  if (source === undefined || !wellFormed) {
    const kinds = Object.keys(SOURCES).join(', ');
    throw new StepFailure(
      'FATAL_ERROR',
      `"kubernetes.volumes": "${text}" must be kind:name:/path[:ro] with one of the kinds ${kinds}.`,
    );
  }
  const [name, readOnly] = [`volume-${index}`, mode === 'ro'];
  return { volume: { name, ...source(of, readOnly) }, mount: { name, mountPath, readOnly } };
}

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** tolerationOf reads a toleration as `kubectl taint` writes the taint: `key[=value][:Effect]`. Throws a StepFailure. */
export function tolerationOf(text: string): V1Toleration {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?(?::(.+))?$/.exec(text) ?? [];
  if (key === undefined || (effect !== undefined && !EFFECTS.includes(effect))) {
    throw new StepFailure(
      'FATAL_ERROR',
      `"kubernetes.tolerations": "${text}" must be key[=value][:${EFFECTS.join('|')}].`,
    );
  }
  return {
    key,
    ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
    ...(effect === undefined ? {} : { effect }),
  };
}
