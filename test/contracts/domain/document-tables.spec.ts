import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { timerNames, type TimerName } from '#contracts';
import { day } from '#tracking';
import { escalationAudiences } from '../../../apps/notifications/src/audience/escalation-audience.ts';
import type { Condition } from '../../../apps/referrals/src/domain/task/table/words.ts';
import { taskTransitions } from '../../../apps/referrals/src/domain/task/table/task.transitions.ts';
import { escalationSchedules, type EscalationStep } from '../../../apps/referrals/src/domain/timer/escalation.ts';
import { defaultTimers } from '../../../apps/referrals/src/domain/timer/timer-policy.ts';
import { documentedRows, documentedTimers } from './document-tables.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/domain.md'), 'utf8');

/** How domain.md says each condition of the table. */
const phrases: Readonly<Record<Condition, RegExp>> = {
  unclaimed: /\bunclaimed\b/,
  'accepted-before': /\bonce accepted\b/,
  'never-accepted': /\bnever accepted\b/,
  suspended: /(?<!ot while )\bsuspended\b/,
  'not-suspended': /\b[Nn]ot while suspended\b/,
  'withdrawal-asked': /\bwithdrawal requested\b/,
  'no-withdrawal-asked': /\bwhile a withdrawal is requested\b/,
  opened: /\bopened\b/,
  unopened: /\bunopened\b/,
  undisclosed: /\bundisclosed\b/,
  'review-asked': /\bwhere policy asks\b/,
  'no-review-asked': /\bwhere policy asks\b/,
};

describe('the table of transitions in docs/domain.md §2.2', () => {
  const documented = documentedRows(text);
  const inCode = Map.groupBy(taskTransitions, ({ number }) => number);

  it('has the rows of task.transitions.ts, in order', () => {
    expect([...documented.keys()]).toEqual([...inCode.keys()].toSorted((a, b) => a - b));
  });

  it.each([...inCode])('says of row %d from where, by whom, by which action, and to where', (number, rows) => {
    const moves = [...Map.groupBy(rows, ({ action }) => action)].map(([action, alike]) => ({
      action,
      from: new Set<string>(alike.flatMap(({ from }) => from)),
      to: new Set<string>(alike.map(({ to }) => to)),
      who: new Set<string>(alike.flatMap(({ actors }) => actors)),
    }));
    const said = [...(documented.get(number)?.moves ?? [])].map(([action, move]) => ({ action, ...move }));
    expect(said).toEqual(moves);
  });

  it.each([...inCode])('says the conditions of row %d, and no others', (number, rows) => {
    const wanted = new Set<string>(rows.flatMap(({ when = [] }) => when));
    const words = documented.get(number)?.text ?? '';
    const said = Object.entries(phrases).flatMap(([condition, phrase]) => (phrase.test(words) ? [condition] : []));
    expect(new Set(said)).toEqual(wanted);
  });
});

describe('the table of timers in docs/domain.md §2.8', () => {
  const documented = documentedTimers(text);

  it('has every timer', () => {
    expect(documented.map(({ timer }) => timer).toSorted()).toEqual([...timerNames].toSorted());
  });

  it('has the default lengths of timer-policy.ts', () => {
    const lengths = documented.map(({ timer, routine, urgent }) => ({ timer, routine, urgent }));
    const defaults: Partial<Record<TimerName, { readonly routine: number; readonly urgent: number }>> = defaultTimers;
    expect(lengths).toEqual(
      documented.map(({ timer }) => ({
        timer,
        routine: defaults[timer]?.routine ?? null,
        urgent: defaults[timer]?.urgent ?? null,
      })),
    );
  });

  it('has the steps of escalation.ts, and whom escalation-audience.ts notifies', () => {
    const schedules = documented.map(({ timer, schedule }) => ({ timer, schedule }));
    expect(schedules).toEqual(
      documented.map(({ timer }) => ({
        timer,
        schedule: escalationSchedules[timer].map((step) => `${when(timer, step)}: ${what(timer, step)}`),
      })),
    );
  });

  function when(timer: TimerName, { at }: EscalationStep): string {
    if (typeof at === 'number') return `${at} %`;
    if ('leadOf' in at) return at.leadOf === timer ? 'lead' : `lead of ${at.leadOf}`;
    const { routine, urgent } = defaultTimers[at.secondOf].then;
    return `after ${routine / day} days${routine === urgent ? '' : ` (urgent ${urgent / day})`}`;
  }

  /** Row 24 takes effect by itself: for the document both moves of time are a withdrawal. */
  function what(timer: TimerName, { tells, makes }: EscalationStep): string {
    if (tells !== undefined) return escalationAudiences[timer][tells].join(', ');
    return makes === 'confirm-withdrawal' ? 'withdraw' : (makes ?? '');
  }
});
