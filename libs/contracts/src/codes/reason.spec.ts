import { describe, expect, it } from '@jest/globals';
import { shortOrderOf, staffWords } from './reason-for-staff.ts';
import { reasonOf, reasonsFor } from './reason-of.ts';
import { reasons } from './reason-table.ts';
import { reasonCodes } from './reason.ts';
import { taskActions } from './task-action.ts';

/** domain.md §2, "Decline and end reasons", with no-response of row 19; a second, independent copy. */
const seed =
  'no-capacity waitlist-closed not-eligible outside-service-area missing-documentation client-declined client-no-longer-in-need unable-to-contact already-served-here duplicate health-and-safety needs-higher-level-of-care service-discontinued sent-in-error moved-away deceased another-agency-accepted not-picked consent-revoked no-response other consent-expired';

describe('The table of reasons', () => {
  it('has one entry for each code, in the order of the list', () => {
    expect(reasonCodes.join(' ')).toBe(seed);
    expect(reasons.map(({ code }) => code)).toEqual([...reasonCodes]);
    for (const code of reasonCodes) expect(reasonOf(code).code).toBe(code);
  });

  it('has plain words in both languages for each', () => {
    for (const { words } of reasons) {
      expect(words.en).toMatch(/^[A-Z].{5,80}\.$/);
      expect(words.es).toMatch(/^[A-ZÁÉÍÓÚ].{5,80}\.$/);
      expect(words.es).not.toBe(words.en);
    }
  });

  it('has a label for staff in both languages for each, which says nothing to the client', () => {
    for (const code of reasonCodes) {
      const { en, es } = staffWords[code];
      expect(en).toMatch(/^[A-Z][^.]{3,39}$/);
      expect(es).toMatch(/^[A-ZÁÉÍÓÚ][^.]{3,49}$/);
      expect(`${en} ${es}`).not.toMatch(/\b(you|your|usted|su)\b/i);
    }
    expect(new Set(reasonCodes.map((code) => staffWords[code].en)).size).toBe(reasonCodes.length);
    expect(new Set(reasonCodes.map((code) => staffWords[code].es)).size).toBe(reasonCodes.length);
  });

  it('offers reasons in one order, without gaps, the common ones first and other last', () => {
    const offered = reasons.filter(({ actions }) => actions.length > 0).map(({ code }) => shortOrderOf(code) ?? 0);
    expect(offered.toSorted((a, b) => a - b)).toEqual(offered.map((_, index) => index + 1));
    expect(
      reasonsFor('decline')
        .toSorted((a, b) => (shortOrderOf(a) ?? 0) - (shortOrderOf(b) ?? 0))
        .slice(0, 4),
    ).toEqual(['no-capacity', 'waitlist-closed', 'not-eligible', 'outside-service-area']);
    expect(shortOrderOf('other')).toBe(offered.length);
    for (const { code, actions } of reasons) if (actions.length === 0) expect(shortOrderOf(code)).toBeNull();
  });

  it('gives each a HUD result, and parks an agency only if it reroutes', () => {
    for (const { hudResult, reroute, parkDays } of reasons) {
      expect([2, 3]).toContain(hudResult);
      expect(Number.isInteger(parkDays) && parkDays >= 0).toBe(true);
      if (!reroute) expect(parkDays).toBe(0);
    }
  });

  it('belongs only to actions that take a reason', () => {
    const taking = new Set(['decline', 'redirect', 'not-complete', 'withdraw', 'reopen', 'mark-error', 'settle']);
    for (const { actions } of reasons) for (const action of actions) expect(taking).toContain(action);
    for (const action of taking) if (action !== 'settle') expect(taskActions).toContain(action);
  });

  it('offers reasons for every action that needs one, and system reasons to nobody', () => {
    for (const action of [
      'decline',
      'redirect',
      'not-complete',
      'withdraw',
      'mark-error',
      'settle',
      'reopen',
    ] as const) {
      expect(reasonsFor(action).length).toBeGreaterThan(0);
    }
    const systems = reasons.filter(({ actions }) => actions.length === 0).map(({ code }) => code);
    expect(systems).toEqual([
      'another-agency-accepted',
      'not-picked',
      'consent-revoked',
      'no-response',
      'consent-expired',
    ]);
  });

  it('reopens if the help did not last or was not enough', () => {
    expect(reasonsFor('reopen')).toEqual(['needs-higher-level-of-care', 'service-discontinued', 'other']);
  });

  it('requires a text if the code alone says nothing', () => {
    expect(reasons.filter(({ needsText }) => needsText).map(({ code }) => code)).toEqual(['other']);
  });
});
