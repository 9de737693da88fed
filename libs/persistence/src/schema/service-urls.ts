/** One URL per role of a service: the owner migrates; the application serves and owns nothing. */
export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
}

export type ServiceRole = 'owner' | 'app';

/** `referrals_owner`, `referrals_app`. */
export function roleOf(service: string, role: ServiceRole): string {
  return `${service}_${role}`;
}

/** The administrator's URL, with each of the service's two roles instead of the administrator. */
export function serviceUrls(
  adminUrl: string,
  service: string,
  passwords: RolePasswords,
): { readonly ownerUrl: string; readonly appUrl: string } {
  const as = (role: ServiceRole): string => {
    const url = new URL(adminUrl);
    url.username = roleOf(service, role);
    url.password = encodeURIComponent(passwords[role]);
    return url.href;
  };
  return { ownerUrl: as('owner'), appUrl: as('app') };
}
