import type { PodApi } from './fake-kubelet.js';
import type { PodObject } from './pod-object.js';

/** httpPodApi speaks to the API server at a URL about the pods of one namespace. */
export function httpPodApi(url: string, namespace = 'default', headers: Readonly<Record<string, string>> = {}): PodApi {
  const pods = `${url}/api/v1/namespaces/${namespace}/pods`;
  const ask = async (method: string, path: string, body?: unknown, type = 'application/json'): Promise<unknown> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${pods}${path}`, { method, headers: { 'content-type': type, ...headers }, ...sent });
    const answer = await response.text();
    // A pod that is gone, or another one of its name, is none of ours.
    if (!response.ok && response.status !== 404 && response.status !== 409)
      throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return JSON.parse(answer);
  };
  return {
    list: async () => ((await ask('GET', '')) as { items: PodObject[] }).items,
    bind: async ({ metadata: { name } }, node) => {
      const target = { apiVersion: 'v1', kind: 'Node', name: node };
      await ask('POST', `/${name}/binding`, { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target });
    },
    patchStatus: async ({ metadata: { name, uid } }, status) => {
      await ask('PATCH', `/${name}/status`, { metadata: { uid }, status }, 'application/merge-patch+json');
    },
    remove: async ({ metadata: { name, uid } }) => {
      await ask('DELETE', `/${name}`, { gracePeriodSeconds: 0, preconditions: { uid } });
    },
  };
}
