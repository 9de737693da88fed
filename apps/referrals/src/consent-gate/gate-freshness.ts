import type { LagCheck } from '#service';
import { readWatermarks } from './gate.rows.ts';
import { freshForMs, isFresh } from '../domain/consent/permission.ts';

/** Shown beside readiness: while our view of consent is not fresh, sends and packets are refused with 503. */
export const gateFreshness: LagCheck = {
  name: 'consent',
  check: async (tx, now) => {
    if (isFresh(await readWatermarks(tx), now)) return { ready: true, detail: 'is known' };
    const detail = `what consent allows is not known for certain: its last word is older than ${freshForMs / 1000} s`;
    return { ready: false, detail: `${detail}, so nothing is sent or disclosed` };
  },
};
