/** ServerSentEvent is one event of a stream. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  /** What to say as `Last-Event-ID` to go on behind it. */
  readonly id?: string;
}

/** readEvents takes a stream of server-sent events apart; comments and what was cut off at the end are left out. */
export async function* readEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let rest = '';
  for await (const chunk of chunks) {
    const blocks = (rest + chunk).replace(/\r\n/g, '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event !== undefined) yield event;
    }
  }
}

function eventOf(block: string): ServerSentEvent | undefined {
  const fields = (name: string): string[] =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  const data = fields('data');
  if (data.length === 0) return undefined;
  const id = fields('id').at(-1);
  return { event: fields('event').at(-1) ?? 'message', data: data.join('\n'), ...(id === undefined ? {} : { id }) };
}
