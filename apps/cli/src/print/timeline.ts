import type { TimelineBody } from '../api/bodies.js';

/** timelineLines shows what happened, oldest first. */
export function timelineLines(timeline: readonly TimelineBody[] | undefined): string[] {
  return (timeline ?? []).flatMap((event) => {
    const [first = '', ...more] = textOf(event).split('\n');
    const rest = [...more, ...(event.errors ?? [])].map((line) => `${' '.repeat(28)}${line}`);
    return [`  ${new Date(Number(event.timestamp)).toISOString()}  ${first}`, ...rest];
  });
}

function textOf({ type, status, message }: TimelineBody): string {
  return [status, message].filter((part) => part !== undefined && part !== '').join(' ') || type;
}
