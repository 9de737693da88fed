/** Roles that people and programs of a network hold. Released: `identity.person.changed` contains no others. */
export const networkRoles = [
  'discharge-planner',
  'intake-worker',
  'organization-admin',
  'coordinator',
  'network-admin',
  'privacy-officer',
  'system-client',
] as const;
export type NetworkRole = (typeof networkRoles)[number];

/** Roles of the platform itself, outside every network: their holders operate it and see no referral. */
export const platformRoles = ['platform-operator'] as const;
export type PlatformRole = (typeof platformRoles)[number];

export const roles = [...networkRoles, ...platformRoles] as const;
export type Role = (typeof roles)[number];
