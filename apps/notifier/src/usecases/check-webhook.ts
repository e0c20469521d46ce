import { MaestroError, type FieldViolation } from '@maestro/domain';
import { EVENT_TYPES } from './event-type.js';
import { matchesPattern } from './matches-pattern.js';

/** WebhookFields are what people write of a webhook. */
export interface WebhookFields {
  readonly url?: string;
  readonly description?: string;
  readonly eventTypes?: readonly string[];
  readonly workflowIds?: readonly string[];
  readonly secret?: string;
}

const MAX_URL = 2_048;
const MAX_DESCRIPTION = 1_000;
const MAX_PATTERNS = 100;
const MAX_PATTERN = 256;
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/** checkWebhook throws INVALID_REQUEST with every problem. */
export function checkWebhook({
  url,
  description = '',
  eventTypes = [],
  workflowIds = [],
  secret,
}: WebhookFields): void {
  const violations: FieldViolation[] = [
    ...(url === undefined ? [] : urlProblems(url)),
    ...(description.length > MAX_DESCRIPTION
      ? [problem('description', `is longer than ${MAX_DESCRIPTION} characters`)]
      : []),
    ...patternProblems('event_types', eventTypes),
    ...patternProblems('workflow_ids', workflowIds),
    ...eventTypes.flatMap(unknownType),
    ...(secret === undefined ? [] : secretProblems(secret)),
  ];
  if (violations.length === 0) return;
  const what = violations.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new MaestroError('INVALID_REQUEST', `The webhook is not valid: ${what}.`, { violations });
}

function urlProblems(url: string): FieldViolation[] {
  if (url.length > MAX_URL) return [problem('url', `is longer than ${MAX_URL} characters`)];
  if (!URL.canParse(url)) return [problem('url', 'is not a URL; example: https://example.com/hooks/maestro')];
  const parsed = new URL(url);
  if (!['http:', 'https:'].includes(parsed.protocol)) return [problem('url', 'must begin with https:// or http://')];
  const hasLogin = parsed.username !== '' || parsed.password !== '';
  return hasLogin ? [problem('url', 'must not hold a login: receivers check the signature')] : [];
}

function patternProblems(path: string, patterns: readonly string[]): FieldViolation[] {
  if (patterns.length > MAX_PATTERNS) return [problem(path, `has more than ${MAX_PATTERNS} patterns`)];
  return patterns.flatMap((pattern, at) =>
    pattern === '' || pattern.length > MAX_PATTERN
      ? [problem(`${path}[${at}]`, `must have 1 to ${MAX_PATTERN} characters`)]
      : [],
  );
}

/** A misspelt type would silently hear nothing. */
function unknownType(pattern: string, at: number): FieldViolation[] {
  if (EVENT_TYPES.some((type) => matchesPattern(pattern, type))) return [];
  return [problem(`event_types[${at}]`, `"${pattern}" is no type of event; types are ${EVENT_TYPES.join(', ')}`)];
}

function secretProblems(secret: string): FieldViolation[] {
  const bytes = Buffer.from(SECRET.exec(secret)?.[1] ?? '', 'base64').length;
  return bytes >= 24 && bytes <= 64 ? [] : [problem('secret', 'must be whsec_ and 24 to 64 bytes in base64')];
}

function problem(path: string, message: string): FieldViolation {
  return { path, message };
}
