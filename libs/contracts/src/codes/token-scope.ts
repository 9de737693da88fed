/**
 * What a token may allow in addition to its roles: to oversee a network, to ask for addresses, to read the logs of
 * services.
 */
export const tokenScopes = ['network', 'contact:read', 'log:read'] as const;
export type TokenScope = (typeof tokenScopes)[number];
