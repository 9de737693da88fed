/** Why a reported death is taken back. */
export const deathUndoReasons = ['wrong-person', 'wrong-information', 'entered-by-mistake'] as const;
export type DeathUndoReason = (typeof deathUndoReasons)[number];
