import type { Role, TaskAction } from '#contracts';

const sender = ['discharge-planner', 'organization-admin'] as const;
const agency = ['intake-worker', 'organization-admin'] as const;

/** Roles that may ever take an action (contract.md §2.2); which organization may, the table in task.transitions.ts says. */
export const rolesOfAction: Readonly<Record<TaskAction, readonly Role[]>> = {
  send: [...sender, 'coordinator'],
  acknowledge: agency,
  ask: agency,
  reply: [...sender, 'coordinator'],
  accept: agency,
  decline: agency,
  'approve-decline': ['coordinator'],
  'return-decline': ['coordinator'],
  'take-back-decline': agency,
  pick: [...sender, 'coordinator'],
  redirect: agency,
  progress: agency,
  hold: agency,
  resume: agency,
  complete: agency,
  'not-complete': agency,
  withdraw: [...sender, 'coordinator'],
  'confirm-withdrawal': agency,
  assign: agency,
  reopen: [...sender, 'coordinator'],
  'mark-error': [...sender, 'coordinator', 'privacy-officer', 'system-client'],
};
