import { minute } from '#tracking';

export { between, day, hour, plus, minute } from '#tracking';

/** The clock of somebody who tells at once what happened may differ from ours by this much, in either direction. */
export const clockSkew = minute;
