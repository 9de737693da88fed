export const roles = [
  'discharge-planner',
  'intake-worker',
  'organization-admin',
  'coordinator',
  'network-admin',
  'privacy-officer',
  'system-client',
] as const;
export type Role = (typeof roles)[number];
