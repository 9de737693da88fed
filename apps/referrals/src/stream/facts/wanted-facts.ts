import type { HealthcareServiceId, PersonId, TaskAction, TaskId } from '#contracts';
import { factsNamed, type FactsOfPerson } from '../../domain/task/rules/facts-named.ts';
import { isPool } from '../../domain/task/rules/transition-request.ts';
import type {
  FactName,
  FactsOf,
  FactsWith,
  NeedRow,
  ReferralCommand,
  ReferralState,
  TaskActionData,
  TaskRow,
} from '../../domain/referral.ts';

/** The key of each fact to look up; null, false or an empty list: nothing is looked up, and no statement runs. */
interface FoundBy {
  readonly service: HealthcareServiceId | null;
  readonly owner: PersonId | null;
  /** Hold the gate and look up what consent allows the service's organization and the coordinating one. */
  readonly consent: boolean;
  /** The need of a pool's Task, whose area and kind say who serves it. */
  readonly eligible: NeedRow | null;
  /** Services in rank order, for a reroute. */
  readonly candidates: readonly HealthcareServiceId[];
  /** Tasks to send, each with its need. */
  readonly sendings: readonly { readonly task: TaskRow; readonly need: NeedRow }[];
  readonly delivered: TaskId | null;
}

/** What to look up for a decision that reads these facts: all of them and no other. `contact` comes with the policy. */
export type WantedFacts<Name extends FactName = never> = {
  readonly [Fact in Exclude<Name, 'contact'>]: FoundBy[Fact];
};

/** What is looked up for a command; absent if it reads only what every decision may read. */
export type Wanting<Command extends ReferralCommand> = [Exclude<FactsOf<Command>, 'contact'>] extends [never]
  ? { readonly wanted?: undefined }
  : { readonly wanted: (before: ReferralState) => WantedFacts<FactsOf<Command>> };

/** The facts that the view of a decided state needs. */
export type FactsToShow = FactsWith<'contact'>;

/** What a person's action on a Task looks up: the facts that its rows of the table name, for the service that it is about. */
export function wantedByAction(
  action: TaskAction,
  data: TaskActionData,
  { task, need }: { readonly task: TaskRow; readonly need: NeedRow },
): WantedFacts<FactsOfPerson> {
  const names = factsNamed(action, task);
  const { ownerId = null, healthcareServiceId: named = null } = data;
  return {
    owner: names.has('owner') ? ownerId : null,
    service: names.has('service') ? (named ?? task.healthcareServiceId) : null,
    consent: names.has('consent'),
    eligible: names.has('eligible') && named === null && isPool(task) ? need : null,
  };
}

/** What a sending of the whole referral looks up: for each draft what its own sending would. */
export function wantedBySending({ tasks, needs }: ReferralState): WantedFacts<'sendings'> {
  const drafts = tasks.filter((task) => task.state === 'draft');
  return {
    sendings: drafts.flatMap((task) => {
      const need = needs.find((each) => each.serviceRequestId === task.serviceRequestId);
      return need === undefined ? [] : [{ task, need }];
    }),
  };
}
