import type { CandidateView, ReferralId, ServiceRequestId } from '#contracts';
import { recordedTable, type RowWrite } from '#events';
import { statement, type Tx } from '#persistence';
import type { ReferralState } from '../domain/referral.ts';

const proposalTable = recordedTable({
  name: 'proposal',
  key: ['service_request_id'],
  columns: ['service_request_id', 'referral_id', 'sender_organization_id', 'network_id', 'candidates'],
});

const select = statement(
  'proposals-of-referral',
  `select service_request_id as "serviceRequestId", candidates from proposal where referral_id = $1`,
).reads<{ serviceRequestId: ServiceRequestId; candidates: readonly CandidateView[] }>();

/** The reasons for and against each candidate, as they were when the proposal was made. */
export function proposalRow(
  state: ReferralState,
  serviceRequestId: ServiceRequestId,
  candidates: readonly CandidateView[],
): RowWrite {
  return {
    table: proposalTable,
    rows: [
      {
        service_request_id: serviceRequestId,
        referral_id: state.referralId,
        sender_organization_id: state.senderOrganizationId,
        network_id: state.networkId,
        candidates,
      },
    ],
  };
}

export async function readProposals(
  tx: Tx,
  referralId: ReferralId,
): Promise<ReadonlyMap<string, readonly CandidateView[]>> {
  const rows = await tx.query(select, [referralId]);
  return new Map(rows.map((row) => [row.serviceRequestId, row.candidates]));
}
