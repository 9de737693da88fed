import { TaskInformationChanged, type Category, type ClientView, type NewClient, type TaskId } from '#contracts';
import { covers, hasAccess } from '../access/access.ts';
import type { TellNewInformation } from '../model/command.ts';
import type { FactsWith } from '../model/facts.ts';
import type { TaskContext } from '../task/rules/transition-request.ts';
import { idsOf } from '../task/effects/ending.ts';
import type { TaskRow } from '../model/state.ts';

/** Checks, under the referral's lock, whether an agency is to be notified. One timer for each Task and set of categories. */
export interface NewInformationTimer {
  readonly kind: 'new-information';
  readonly subject: string;
  readonly dueAt: 'at-once';
  readonly payload: { readonly taskId: TaskId; readonly categories: readonly Category[] };
}

export function newInformationTimer(taskId: TaskId, categories: readonly Category[]): NewInformationTimer {
  const subject = [taskId, ...categories.toSorted()].join('+');
  return { kind: 'new-information', subject, dueAt: 'at-once', payload: { taskId, categories } };
}

/** One timer for each of these Tasks whose agency has read its packet; the others read the packet anyway. */
export function newInformationFor(
  tasks: readonly TaskRow[],
  categories: readonly Category[],
): readonly NewInformationTimer[] {
  return tasks
    .filter((task) => task.packetOpenedAt !== null)
    .map((task) => newInformationTimer(task.taskId, categories));
}

/**
 * Whether the agency is notified that its packet now holds more than it read. Only where it opened the packet, may still
 * open it, and would find all of these categories there: that something is withheld is withheld as well. It is
 * notified once until it opens the packet again.
 */
export function tellNewInformation(
  { referral, task }: TaskContext,
  { categories }: TellNewInformation,
  { consent, service }: FactsWith<'service' | 'consent'>,
): readonly TaskInformationChanged[] {
  const agency = task.recipientOrganizationId;
  const hasRead = task.packetOpenedAt !== null && hasAccess(referral, task.taskId, agency);
  if (!hasRead || (task.newInformationAt ?? null) !== null) return [];
  const template = service === null ? [] : [...service.required, ...service.asked];
  const isFound = covers(consent, categories) && categories.every((each) => template.includes(each));
  return isFound ? [TaskInformationChanged.of(idsOf(task))] : [];
}

/** What the packet says of the person. `before` as stored, `after` as sent: an absent field counts as null. */
const personal = ['given', 'family', 'birthDate', 'language', 'phone', 'email', 'contactProhibited'] as const;
const marks = ['estimated', 'interpreterNeeded'] as const;

/** Whether a reader of the packet would read something else of the person now. */
export function isNewToReader(before: ClientView, after: NewClient): boolean {
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  const { address, safeContact } = after;
  return !(
    personal.every((field) => same(before[field], after[field])) &&
    marks.every((mark) => before[mark] === (after[mark] ?? false)) &&
    same(
      before.address && [before.address.line, before.address.city, before.address.postalCode],
      address && [address.line, address.city, address.postalCode],
    ) &&
    same(
      before.safeContact && [before.safeContact.channel, before.safeContact.hours, before.safeContact.note ?? null],
      safeContact && [safeContact.channel, safeContact.hours, safeContact.note ?? null],
    )
  );
}
