import { docker, type DockerSettings } from './docker/docker.js';
import { echo } from './echo/echo.js';
import { http, type HttpSettings } from './http/http.js';
import { kubernetes, type KubernetesSettings } from './kubernetes/kubernetes.js';
import { notebook } from './notebook/notebook.js';
import { notebookAnywhere } from './notebook/notebook-anywhere.js';
import type { ProcessSettings } from './process/workspace.js';
import { python } from './python/python.js';
import type { Runtime } from './runtime.js';
import { shell } from './shell/shell.js';
import { sql, type SqlSettings } from './sql/sql.js';

/** RuntimeSettings are what the runtimes together need to know. */
export interface RuntimeSettings {
  /** Of all runtimes that start processes. */
  readonly processes: ProcessSettings;
  readonly http: HttpSettings;
  readonly sql: SqlSettings;
  readonly docker: DockerSettings;
  readonly kubernetes: KubernetesSettings;
}

/** createRuntimes is every runtime of this executor. To add one: a folder beside the others and a line here. */
export function createRuntimes(settings: RuntimeSettings): readonly Runtime[] {
  return [
    echo,
    shell(settings.processes),
    python(settings.processes),
    notebookAnywhere(notebook(settings.processes), settings),
    http(settings.http),
    sql(settings.sql),
    docker(settings.docker),
    kubernetes(settings.kubernetes),
  ];
}
