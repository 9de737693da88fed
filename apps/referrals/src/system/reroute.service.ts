import type { CandidateReasonView, CandidateView } from '#contracts';
import { payloadOf, TimerWorker, type DueTimer } from '#events';
import { UnitOfWork } from '#persistence';
import { Peers } from '#service';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemCommands } from '../stream/system-commands.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { loadReferral } from '../stream/referral.rows.ts';
import type { Facts, ReferralState } from '../domain/referral.ts';
import { ReroutePayload } from '../stream/timer-payloads.ts';
import { proposalRow } from '../stream/proposal.rows.ts';
import { commandOf, questionOf, type CandidatesQuestion } from '../domain/reroute/reroute.process.ts';

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
    private readonly commands: SystemCommands,
    private readonly unitOfWork: UnitOfWork,
    private readonly peers: Peers,
    private readonly facts: DecisionFacts,
  ) {}

  onModuleInit(): void {
    this.timers.on('reroute', (timer) => this.reroute(timer));
  }

  private async reroute(due: DueTimer): Promise<void> {
    const timer = { subject: due.subject, payload: payloadOf(ReroutePayload, due) };
    const question = await this.questionOf(due, timer);
    const ranked = question === null ? [] : await this.ranked(question);
    await this.commands.fire(due, 'system', {
      command: () => commandOf(timer),
      wanted: () => ({ consent: true, candidates: ranked.map((each) => each.healthcareServiceId) }),
      rows: (state, facts) => [proposalRow(state, due.subject, proposed(state, due.subject, ranked, facts))],
    });
  }

  private questionOf(due: DueTimer, timer: Parameters<typeof questionOf>[1]): Promise<CandidatesQuestion | null> {
    return this.unitOfWork.run({ kind: 'system', key: due.key }, async (tx) => {
      const state = await loadReferral(tx, due.key);
      return state === undefined ? null : questionOf(state, timer, this.facts.now());
    });
  }

  private async ranked(question: CandidatesQuestion): Promise<readonly RankedCandidate[]> {
    const { items } = await this.peers.post<{ readonly items: readonly RankedCandidate[] }>(
      '/api/directory/candidates',
      question,
    );
    return items;
  }
}

/** The candidates that the decision kept, in its order, with the directory's reasons and what consent allows each. */
function proposed(
  state: ReferralState,
  serviceRequestId: string,
  ranked: readonly RankedCandidate[],
  facts: Pick<Facts, 'candidates'>,
): readonly CandidateView[] {
  const kept =
    state.needs.find((each) => each.serviceRequestId === serviceRequestId)?.proposal?.healthcareServiceIds ?? [];
  return kept.flatMap((id, index) => {
    const found = ranked.find((each) => each.healthcareServiceId === id);
    const fact = facts.candidates.find((each) => each.healthcareServiceId === id);
    if (found === undefined || fact === undefined || fact.service === null) return [];
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
