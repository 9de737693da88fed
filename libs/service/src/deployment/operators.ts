import type { Role } from '#contracts';

/** Who operates the machinery of every service: lag, rebuilds, resends, whatever is parked. Said here alone. */
export const operators: readonly Role[] = ['platform-operator'];

/** Who may see and redrive what is parked: the house's operators everything, a network's administrator its network's. */
export const redrivers: readonly Role[] = [...operators, 'network-admin'];
