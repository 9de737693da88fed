import { startOfStreams, type LogSource } from '#events';
import type { Peers } from '../peers/peers.ts';
import type { LogPage } from './log.views.ts';

/** Reads the logs of the other services, as this service's own system-client. */
export function peerLogs(peers: Pick<Peers, 'post'>): LogSource {
  return async (service, after, limit) => {
    const { key, ...from } = after;
    const asked = key === startOfStreams.key ? { ...from, limit } : { ...after, limit };
    const { items } = await peers.post<LogPage>(`/api/${service}/log/read`, asked);
    return items.map((each) => ({
      key: each.key,
      value: each.value,
      headers: JSON.parse(each.headers) as Readonly<Record<string, string>>,
    }));
  };
}
