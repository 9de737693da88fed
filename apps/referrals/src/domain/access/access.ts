import {
  AccessEnded,
  AccessGranted,
  type AccessEndCause,
  type Category,
  type InstantText,
  type Need,
  type NoticeCode,
  type OrganizationId,
  type TaskId,
} from '#contracts';
import type { ConsentFact, FactsWith } from '../model/facts.ts';
import type { AccessRow, ReferralState, TaskRow } from '../model/state.ts';

/** What a service's template asks for: without the required nothing is sent, the asked goes along where consent has it. */
export interface Template {
  readonly required: readonly Category[];
  readonly asked: readonly Category[];
}

/** Every template requires these (contract.md §6.4); what is asked consent for where no template is known. */
export const leastRequired: readonly Category[] = ['core-contact', 'stated-need'];

/** Required categories that consent does not give; empty when it covers. */
export function missingFrom(consent: ConsentFact | null, required: readonly Category[]): readonly Category[] {
  return required.filter((category) => consent?.categories.includes(category) !== true);
}

export function covers(consent: ConsentFact | null, required: readonly Category[]): consent is ConsentFact {
  return consent !== null && missingFrom(consent, required).length === 0;
}

/** 42 CFR 2.32(a): the notice travels with every disclosure of a substance-use record, and with every referral for its treatment. */
export function noticesFor(categories: readonly Category[], need: Need): readonly NoticeCode[] {
  return categories.includes('substance-use') || need === 'substance-use-treatment' ? ['part-2-2.32'] : [];
}

export function openAccess(state: ReferralState, taskId: TaskId): readonly AccessRow[] {
  return state.access.filter((row) => row.taskId === taskId && row.endedAt === null);
}

export function hasAccess(state: ReferralState, taskId: TaskId, organizationId: OrganizationId | null): boolean {
  return openAccess(state, taskId).some((row) => row.toOrganizationId === organizationId);
}

/** Whether anybody outside the sending organization has opened the packet: only that discloses (domain.md row 21). */
export function isDisclosed({ openedBy, senderOrganizationId }: TaskRow): boolean {
  return openedBy.some((organizationId) => organizationId !== senderOrganizationId);
}

/** Why an access ends and, where consent ended by itself, when it did. */
export interface AccessEnding {
  readonly cause: AccessEndCause;
  readonly consentEndedAt?: InstantText;
}

/** Why consent ends an access: it was taken back, or its time was over at an instant. */
export function endingOf(expiredAt: InstantText | null): AccessEnding {
  return expiredAt ? { cause: 'consent-expired', consentEndedAt: expiredAt } : { cause: 'consent' };
}

/** The end of every open access of a Task, the coordinating organization's included. */
export function endAccess(
  state: ReferralState,
  taskId: TaskId,
  ending: AccessEnding,
  whose: (row: AccessRow) => boolean = () => true,
): readonly AccessEnded[] {
  return openAccess(state, taskId)
    .filter(whose)
    .map((row) =>
      AccessEnded.of({
        referralId: state.referralId,
        accessId: row.accessId,
        taskId,
        clientId: row.clientId,
        ...ending,
      }),
    );
}

/** One organization's access, cut to consent and the template; nothing where it has one already. */
export function grantAccess(
  state: ReferralState,
  task: Pick<TaskRow, 'taskId' | 'need'>,
  to: { readonly organizationId: OrganizationId; readonly consent: ConsentFact; readonly template: Template },
  newId: () => string,
): readonly AccessGranted[] {
  if (hasAccess(state, task.taskId, to.organizationId)) return [];
  const { required, asked } = to.template;
  const categories = to.consent.categories.filter((each) => required.includes(each) || asked.includes(each));
  return [
    AccessGranted.of({
      referralId: state.referralId,
      accessId: newId(),
      taskId: task.taskId,
      clientId: state.clientId,
      fromOrganizationId: state.senderOrganizationId,
      toOrganizationId: to.organizationId,
      categories,
      purpose: to.consent.purpose,
      consentIds: to.consent.consentIds,
      noticeCodes: noticesFor(categories, task.need),
    }),
  ];
}

/** The coordinating organization's access, where consent names it as intermediary and covers what is required. */
export function grantToCoordinator(
  state: ReferralState,
  task: Pick<TaskRow, 'taskId' | 'need'>,
  template: Template,
  facts: FactsWith<'consent'>,
): readonly AccessGranted[] {
  const { coordinatingOrganizationId: organizationId, coordinatorConsent: consent } = facts;
  if (organizationId === null) return [];
  if (!covers(consent, template.required) || !consent.fresh) return [];
  return grantAccess(state, task, { organizationId, consent, template }, facts.newId);
}
