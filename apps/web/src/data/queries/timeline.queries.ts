import type { TimelineView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { one, type OneQuery } from '../reads/one.ts';

export function timelineQuery(data: Data, referralId: string): OneQuery<TimelineView> {
  return one(data, keys.timeline(referralId), routes.timeline, { params: { id: referralId }, subject: referralId });
}
