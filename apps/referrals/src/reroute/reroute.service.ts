import type { CandidateReasonView, CandidateView } from '#contracts';
import { TimerWorker, type DueTimer } from '#events';
import { UnitOfWork } from '#persistence';
import { Peers } from '#service';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HouseCommands } from '../house/house-commands.ts';
import { houseCaller } from '../referral/caller.ts';
import { loadReferral } from '../referral/referral.entity.ts';
import type { Facts, ReferralState } from '../referral/referral.ts';
import { proposalRow } from './proposal.entity.ts';

interface RankedCandidate {
  readonly healthcareServiceId: string;
  readonly organizationId: string;
  readonly rank: number;
  readonly reasons: readonly CandidateReasonView[];
}

/** Contract.md §4.3: ask the directory while no transaction is open, then propose (and, by policy, offer) under the lock. */
@Injectable()
export class RerouteService implements OnModuleInit {
  constructor(
    private readonly timers: TimerWorker,
    private readonly commands: HouseCommands,
    private readonly unitOfWork: UnitOfWork,
    private readonly peers: Peers,
  ) {}

  onModuleInit(): void {
    this.timers.on('reroute', (timer) => this.reroute(timer));
  }

  private async reroute(timer: DueTimer): Promise<void> {
    const serviceRequestId = timer.subject;
    const afterTaskId = String(timer.payload.afterTaskId);
    const need = await this.needOf(timer.key, serviceRequestId);
    const ranked =
      need === undefined
        ? []
        : (
            await this.peers.post<{ readonly items: readonly RankedCandidate[] }>('/api/directory/candidates', {
              need: need.need,
              areaId: need.areaId,
            })
          ).items;
    await this.commands.run(timer, 'system', {
      command: () => ({ type: 'propose-reroute', caller: houseCaller('system'), serviceRequestId, afterTaskId }),
      wanted: () => ({ consent: true, candidates: ranked.map((each) => each.healthcareServiceId) }),
      rows: (state, facts) => [proposalRow(state, serviceRequestId, proposed(state, serviceRequestId, ranked, facts))],
    });
  }

  private needOf(referralId: string, serviceRequestId: string): Promise<ReferralState['needs'][number] | undefined> {
    return this.unitOfWork.run({ kind: 'system', key: referralId }, async (tx) => {
      const state = await loadReferral(tx, referralId);
      return state?.needs.find((each) => each.serviceRequestId === serviceRequestId);
    });
  }
}

/** The candidates that the decision kept, in its order, with the directory's reasons and what consent says of each. */
function proposed(
  state: ReferralState,
  serviceRequestId: string,
  ranked: readonly RankedCandidate[],
  facts: Facts,
): readonly CandidateView[] {
  const kept =
    state.needs.find((each) => each.serviceRequestId === serviceRequestId)?.proposal?.healthcareServiceIds ?? [];
  return kept.flatMap((id, index) => {
    const found = ranked.find((each) => each.healthcareServiceId === id);
    const fact = facts.candidates?.find((each) => each.healthcareServiceId === id);
    if (found === undefined || fact?.service == null) return [];
    const covers = fact.service.required.every((category) => fact.consent?.categories.includes(category) === true);
    return [
      {
        healthcareServiceId: id,
        organizationId: found.organizationId,
        rank: index + 1,
        consentCovers: covers,
        reasons: found.reasons,
      },
    ];
  });
}
