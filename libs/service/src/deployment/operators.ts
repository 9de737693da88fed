import type { Role } from '#contracts';

/** Who operates the platform of every service: lag, rebuilds, resends, everything parked. Defined only here. */
export const operators: readonly Role[] = ['platform-operator'];

/** Who may see and redrive parked entries: operators all of them, a network-admin those of the own network. */
export const redrivers: readonly Role[] = [...operators, 'network-admin'];
