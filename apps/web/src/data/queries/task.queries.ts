import type { MessageView, TaskView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { one, type OneQuery } from '../reads/one.ts';
import { wholeList, type WholeQuery } from '../reads/whole-list.ts';

export function taskQuery(data: Data, taskId: string): OneQuery<TaskView> {
  return one(data, keys.task(taskId), routes.task, { params: { id: taskId }, subject: taskId });
}

/** What one's own organization wrote about a Task, and for the sender the agency's questions. */
export function messagesQuery(data: Data, taskId: string): WholeQuery<MessageView> {
  return wholeList(data, keys.messages(taskId), routes.messages, { params: { id: taskId } });
}
