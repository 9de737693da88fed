import { PacketOpened, type OrganizationId } from '#contracts';
import { accepted, refused, type Decision, type RefusalFact } from '#decider';
import { isOpen } from '#tracking';
import type { OpenPacket } from '../model/command.ts';
import type { TaskContext } from '../task/rules/transition-request.ts';
import type { AnyReferralEvent } from '../model/state.ts';
import { refusalOf } from '../task/task.ts';
import { hasAccess } from '../access/access.ts';

/** The fact of one opening. The shell has cut the packet to consent; here stands only whether this door is open at all. */
export function openPacket(context: TaskContext, command: OpenPacket): Decision<AnyReferralEvent> {
  const { referral, task, caller } = context;
  const { direction, readerOrganizationId, attachmentIds = [] } = command;
  if (caller.personId === null || caller.organizationId !== readerOrganizationId) {
    return refused({ ...refusalOf(context, 'open-packet'), code: 'role' });
  }
  const unmet = direction === 'send' ? unmetToSend(context, readerOrganizationId) : unmetToReturn(context);
  if (unmet !== null) return refused({ ...refusalOf(context, 'open-packet'), code: 'guard', ...unmet });
  const from = direction === 'send' ? referral.senderOrganizationId : task.recipientOrganizationId;
  return accepted([
    PacketOpened.of({
      referralId: referral.referralId,
      disclosureId: command.disclosureId,
      taskId: task.taskId,
      clientId: referral.clientId,
      fromOrganizationId: from ?? referral.senderOrganizationId,
      toOrganizationId: readerOrganizationId,
      direction,
      readerId: caller.personId,
      categories: command.categories,
      purpose: command.purpose,
      consentIds: command.consentIds,
      noticeCodes: command.noticeCodes,
      first: !task.openedBy.includes(readerOrganizationId),
      ...(attachmentIds.length === 0 ? {} : { attachmentIds }),
    }),
  ]);
}

interface UnmetDoor {
  readonly guard: string;
  readonly facts: Readonly<Record<string, RefusalFact>>;
}

/** An open Task of a client who died is ended within seconds; until then it is ended already for who would read. */
function unmetToSend(
  { referral, task, clientDied }: TaskContext,
  readerOrganizationId: OrganizationId,
): UnmetDoor | null {
  if (clientDied === true && isOpen(task)) return { guard: 'clientIsAlive', facts: { clientId: referral.clientId } };
  if (hasAccess(referral, task.taskId, readerOrganizationId)) return null;
  return { guard: 'accessIsOpen', facts: { readerOrganizationId } };
}

/** Notes and outcome texts come back only where the client opted in to outcome detail (domain.md §3). */
function unmetToReturn({ referral, task, caller }: TaskContext): UnmetDoor | null {
  const isSenders = caller.organizationId === referral.senderOrganizationId;
  if (isSenders && task.returnPath === 'outcome' && task.recipientOrganizationId !== null) return null;
  return { guard: 'returnPathIsOutcome', facts: { returnPath: task.returnPath } };
}
