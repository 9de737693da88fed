import { headerNames } from '../cloud-events.ts';
import { wholeStream, type StreamPlace } from '../log/log-streams.ts';
import type { IncomingMessage, OutgoingMessage } from '../messages.ts';

/** Reads a service's log stream by stream; see `logAfter`. Throws if that service does not answer. */
export type LogSource = (service: string, after: StreamPlace, limit: number) => Promise<readonly OutgoingMessage[]>;

/** A whole stream, or the beginning of one that is longer than the page. */
export interface LoggedStream {
  readonly key: string;
  readonly version: number;
  readonly messages: readonly IncomingMessage[];
}

/** The next whole streams behind a key: as many as fit in `limit` events, and at least one. None at the end of the log. */
export async function streamsAfter(
  source: LogSource,
  service: string,
  key: string,
  limit: number,
): Promise<readonly LoggedStream[]> {
  const after = { key, version: key === '' ? 0 : wholeStream };
  const page = await source(service, after, limit);
  const streams = streamsIn(service, page);
  const last = streams.at(-1);
  if (page.length < limit || last === undefined) return streams;
  // the page may have cut its last stream: it comes with the next page, or it is so long that it fills a page alone
  return streams.length > 1 ? streams.slice(0, -1) : [await restOf(source, service, last, limit)];
}

/** One stream from its beginning. */
export async function streamOf(source: LogSource, service: string, key: string, limit: number): Promise<LoggedStream> {
  return restOf(source, service, { key, version: 0, messages: [] }, limit);
}

async function restOf(source: LogSource, service: string, begun: LoggedStream, limit: number): Promise<LoggedStream> {
  let stream = begun;
  for (;;) {
    const page = await source(service, { key: stream.key, version: stream.version }, limit);
    const own = streamsIn(service, page).find(({ key }) => key === stream.key);
    if (own === undefined) return stream;
    stream = { ...own, messages: [...stream.messages, ...own.messages] };
    if (own.messages.length < limit) return stream;
  }
}

function streamsIn(service: string, page: readonly OutgoingMessage[]): readonly LoggedStream[] {
  const messages = page.map((message) => incoming(service, message));
  return [...Map.groupBy(messages, (message) => message.key ?? '')].map(([key, own]) => ({
    key,
    version: Number(own.at(-1)?.headers[headerNames.streamVersion] ?? 0),
    messages: own,
  }));
}

/** In the form in which a reader receives it, but with no partition. */
function incoming(service: string, { key, value, headers }: OutgoingMessage): IncomingMessage {
  return { topic: `${service}.events`, partition: -1, offset: '-1', key, value, headers };
}
