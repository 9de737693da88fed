import type { NotificationsAsked, NotificationView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import type { OneQuery } from '../reads/one.ts';
import { one } from '../reads/one.ts';
import type { Page } from '../../door/http/route.ts';

const eachMinute = 60_000;

/** The newest 50; read again after live news and each minute. */
export function notificationsQuery(data: Data, filters: NotificationsAsked): OneQuery<Page<NotificationView>> {
  return {
    ...one(data, keys.notifications(filters), routes.notifications, { query: filters }),
    refetchInterval: eachMinute,
  };
}
