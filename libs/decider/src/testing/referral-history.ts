import {
  NeedSettled,
  ReferralClosed,
  ReferralCreated,
  TaskAccepted,
  TaskCompleted,
  TaskDeclined,
  TaskDeclineProposed,
  TaskDeclineReturned,
  TaskExpired,
  TaskHeld,
  TaskInfoReplied,
  TaskInfoRequested,
  TaskMarkedInError,
  TaskNotCompleted,
  TaskPicked,
  TaskProgressed,
  TaskReceived,
  TaskRedirected,
  TaskSuspended,
  TaskWithdrawalRequested,
  TaskWithdrawn,
  type ContactChannel,
  type EventActor,
  type HoldState,
  type InstantText,
  type NeedResult,
  type Outcome,
  type Priority,
  type ProgressKind,
  type ReasonCode,
  type TaskState,
} from '#contracts';
import { actors, cast } from './cast.ts';
import { day, History, storyStart, type Scene } from './history.ts';

/** What an agency, the platform and the sender do with a Task after it was sent. */
export class ReferralHistory extends History {
  static created(options: { priority?: Priority; neededBy?: InstantText } = {}): ReferralHistory {
    const { priority = 'routine', neededBy } = options;
    const empty: Scene = {
      ...{ events: [], now: storyStart, serviceRequestId: cast.housing, need: 'housing', taskId: cast.task(1) },
      ...{ recipient: null, priority },
    };
    return new ReferralHistory(empty).tell(
      actors.dana,
      ReferralCreated.of({
        referralId: cast.referral,
        clientId: cast.client,
        senderOrganizationId: cast.hospital,
        networkId: cast.network,
        priority,
        ...(neededBy === undefined ? {} : { neededBy }),
      }),
    );
  }

  /** One need, one draft Task for Harbor House. */
  static drafted(options: { priority?: Priority; neededBy?: InstantText } = {}): ReferralHistory {
    return ReferralHistory.created(options).needing('housing').drafted();
  }

  received(): ReferralHistory {
    return this.tell(actors.ines, TaskReceived.of({ ...this.ids(), respondBy: this.in(5 * day) }));
  }

  asked(options: { fromSent?: boolean } = {}): ReferralHistory {
    return this.tell(
      actors.ines,
      TaskInfoRequested.of({
        ...this.ids(),
        messageId: cast.message(1),
        replyBy: this.in(2 * day),
        ...(options.fromSent === true ? { respondBy: this.in(5 * day) } : {}),
      }),
    );
  }

  replied(respondBy: InstantText = this.in(5 * day)): ReferralHistory {
    return this.tell(actors.dana, TaskInfoReplied.of({ ...this.ids(), messageId: cast.message(2), respondBy }));
  }

  accepted(options: { by?: EventActor; claimed?: boolean; organization?: string } = {}): ReferralHistory {
    const { by = actors.ines, claimed = false, organization = this.scene.recipient ?? cast.harbor } = options;
    return this.on(this.scene.taskId, organization).tell(
      by,
      TaskAccepted.of({
        ...this.ids(),
        ownerId: by.id ?? cast.ines,
        recipientOrganizationId: organization,
        claimed,
        firstContactBy: this.in(2 * day),
        staleBy: this.in(14 * day),
      }),
    );
  }

  picked(): ReferralHistory {
    return this.tell(actors.dana, TaskPicked.of(this.ids()));
  }

  progressed(
    kind: ProgressKind = 'interim',
    options: { channel?: ContactChannel; reached?: boolean; first?: boolean } = {},
  ): ReferralHistory {
    const { first = false, ...contact } = options;
    return this.tell(
      actors.ines,
      TaskProgressed.of({ ...this.ids(), kind, at: this.scene.now, firstContact: first, ...contact }),
    );
  }

  held(subState: HoldState = 'waitlisted', days = 30): ReferralHistory {
    return this.tell(actors.ines, TaskHeld.of({ ...this.ids(), subState, reviewOn: this.in(days * day) }));
  }

  declineProposed(fromState: TaskState, reason: ReasonCode = 'no-capacity', round = 0): ReferralHistory {
    return this.tell(
      actors.ines,
      TaskDeclineProposed.of({ ...this.ids(), reason, fromState, round, reviewBy: this.in(day) }),
    );
  }

  declineReturned(toState: TaskState, round: number): ReferralHistory {
    return this.tell(actors.cora, TaskDeclineReturned.of({ ...this.ids(), toState, round, takenBack: false }));
  }

  declined(
    reason: ReasonCode = 'no-capacity',
    options: { reroute?: boolean; parkDays?: number } = {},
  ): ReferralHistory {
    const { reroute = true, parkDays = 14 } = options;
    return this.accessEnded('declined').tell(
      actors.ines,
      TaskDeclined.of({
        ...this.ids(),
        ...{ reason, hudResult: 3, afterAcceptance: false, reroute, parkUntil: this.in(parkDays * day) },
        ...(reroute ? { rerouteBy: this.in(day) } : {}),
      }),
    );
  }

  redirected(newTaskId: string): ReferralHistory {
    return this.accessEnded('redirected').tell(
      actors.ines,
      TaskRedirected.of({
        ...this.ids(),
        reason: 'no-capacity',
        targetHealthcareServiceId: cast.openDoorHomes,
        newTaskId,
      }),
    );
  }

  suspended(fromState: TaskState): ReferralHistory {
    return this.accessEnded('consent').tell(
      actors.system,
      TaskSuspended.of({ ...this.ids(), fromState, suspensionBy: this.in(5 * day) }),
    );
  }

  withdrawalRequested(reason: ReasonCode = 'client-declined'): ReferralHistory {
    return this.tell(
      actors.dana,
      TaskWithdrawalRequested.of({
        ...this.ids(),
        reason,
        requestedBy: 'sender',
        effectiveAt: this.in(2 * day),
      }),
    );
  }

  withdrawn(reason: ReasonCode = 'client-declined'): ReferralHistory {
    return this.tell(actors.dana, TaskWithdrawn.of({ ...this.ids(), reason, by: 'sender' }));
  }

  expired(): ReferralHistory {
    const times = { parkUntil: this.in(14 * day), rerouteBy: this.in(day) };
    return this.accessEnded('expired').tell(
      actors.timer,
      TaskExpired.of({ ...this.ids(), timer: 'acknowledge-by', ...times }),
    );
  }

  completed(outcome: Outcome = 'housed'): ReferralHistory {
    return this.tell(actors.ines, TaskCompleted.of({ ...this.ids(), outcome, outputCount: 1 }));
  }

  notCompleted(reason: ReasonCode = 'not-eligible'): ReferralHistory {
    return this.tell(
      actors.ines,
      TaskNotCompleted.of({ ...this.ids(), reason, hudResult: 3, reroute: true, rerouteBy: this.in(day) }),
    );
  }

  markedInError(): ReferralHistory {
    return this.tell(actors.dana, TaskMarkedInError.of({ ...this.ids(), reason: 'sent-in-error', disclosed: false }));
  }

  settled(result: NeedResult, reason?: ReasonCode): ReferralHistory {
    const { serviceRequestId } = this.scene;
    const why = reason === undefined ? {} : { reason };
    return this.tell(actors.dana, NeedSettled.of({ referralId: cast.referral, serviceRequestId, result, ...why }));
  }

  closed(met: number, unmet: number): ReferralHistory {
    const closeCode = met > 0 ? 'closed-with-service' : 'closed-without-service';
    const counts = { metCount: met, partlyMetCount: 0, unmetCount: unmet };
    return this.tell(actors.dana, ReferralClosed.of({ referralId: cast.referral, closeCode, ...counts }));
  }
}
