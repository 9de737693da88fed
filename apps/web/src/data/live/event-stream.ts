/** One message of `text/event-stream`. `id`: the id of the stream at that point. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
}

/** What was read so far and is no whole message yet. */
export interface Parsing {
  readonly rest: string;
  readonly id: string | null;
  readonly retryMs: number | null;
  readonly event: string;
  readonly data: readonly string[];
}

export const beginning: Parsing = { rest: '', id: null, retryMs: null, event: '', data: [] };

/** Reads the next text of a stream, by the rules of the HTML standard (server-sent events, §9.2.6). */
export function parsed(
  parsing: Parsing,
  text: string,
): { readonly parsing: Parsing; readonly messages: readonly StreamMessage[] } {
  const lines = `${parsing.rest}${text}`.split(/\r\n|\n|\r(?!$)/);
  const rest = lines.pop() ?? '';
  const messages: StreamMessage[] = [];
  let { id, retryMs, event, data } = parsing;
  for (const line of lines) {
    if (line === '') {
      if (data.length > 0) messages.push({ event: event === '' ? 'message' : event, data: data.join('\n'), id });
      event = '';
      data = [];
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'id' && !value.includes('\0')) id = value;
    if (field === 'event') event = value;
    if (field === 'data') data = [...data, value];
    if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value);
  }
  return { parsing: { rest, id, retryMs, event, data }, messages };
}
