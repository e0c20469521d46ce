import type { Json, JsonObject } from '@maestro/domain';
import type { VersionBody } from '../api/bodies.js';
import type { Cli } from '../cli.js';
import { strategyText, userName } from './names.js';
import { fieldsOf, tableOf } from './table.js';
import { instantText } from './time.js';
import { paramLines, section } from './values.js';
import { cut, oneLine } from './width.js';

const MAX_DESCRIPTION = 100;

/** versionText shows a version of a workflow: where it stands, its params and its steps. */
export function versionText(version: VersionBody, { colors, now }: Pick<Cli, 'colors' | 'now'>): string {
  const { metadata, workflow, properties_snapshot: properties } = version;
  const fields = fieldsOf(
    {
      workflow: colors.bold(metadata.workflow_id),
      name: textOf(workflow['name']),
      description: cut(oneLine(textOf(workflow['description'])), MAX_DESCRIPTION),
      version: `${metadata.workflow_version_id}${marks(version)}`,
      pushed: [instantText(metadata.create_time, now()), userName(metadata.version_author)]
        .filter(Boolean)
        .join(' by '),
      owner: userName(properties?.owner),
      'run strategy': strategyText(properties?.run_strategy),
    },
    colors,
  );
  const params = section('params', paramLines(workflow['params'] as JsonObject | undefined));
  const rows = stepsOf(workflow['steps']).map(stepRow);
  return `${fields}${params}\n${tableOf(['STEP', 'TYPE', 'NEXT'], rows, colors)}`;
}

function marks({ is_active: active, is_latest: latest }: VersionBody): string {
  const list = [active === true ? 'active' : '', latest === true ? 'latest' : ''].filter((mark) => mark !== '');
  return list.length === 0 ? '' : ` (${list.join(', ')})`;
}

type Wrapped = readonly [kind: string, step: JsonObject];

function stepsOf(steps: Json | undefined): readonly Wrapped[] {
  if (!Array.isArray(steps)) return [];
  return (steps as readonly JsonObject[]).flatMap((wrapper) => Object.entries(wrapper) as [string, JsonObject][]);
}

function stepRow([kind, step]: Wrapped): string[] {
  const { successors = {} } = (step['transition'] ?? {}) as { successors?: JsonObject };
  const next = Object.entries(successors).map(([id, when]) => (when === 'true' ? id : `${id} if ${textOf(when)}`));
  return [textOf(step['id']), kind === 'step' ? textOf(step['type']) : kind, next.join(', ')];
}

function textOf(json: Json | undefined): string {
  return typeof json === 'string' ? json : '';
}
