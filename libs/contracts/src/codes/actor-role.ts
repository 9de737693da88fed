export const actorRoles = [
  'discharge-planner',
  'intake-worker',
  'organization-admin',
  'coordinator',
  'network-admin',
  'privacy-officer',
  'system-client',
  'platform-operator',
  'system',
  'timer',
  'client',
] as const;
export type ActorRole = (typeof actorRoles)[number];
