import type { Role } from '#contracts';

/** Who operates the machinery of every service: parked events, lag, rebuilds, resends. Said here alone. */
export const operators: readonly Role[] = ['network-admin'];
