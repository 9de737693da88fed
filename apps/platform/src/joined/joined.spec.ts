import { describe, expect, it } from '@jest/globals';
import { joinedReadiness } from './health.ts';
import { joinedMetrics } from './metrics.ts';

describe('the metrics of all services together', () => {
  it('name each family once, before all its samples, as the format demands', () => {
    const of = (service: string, count: number): string =>
      `# HELP parked Waiting.\n# TYPE parked counter\nparked{service="${service}"} ${count}\n\n` +
      `# HELP lag How far behind.\n# TYPE lag gauge\nlag{service="${service}"} 0\n`;
    expect(joinedMetrics([of('consent', 1), of('referrals', 2), ''])).toBe(
      '# HELP parked Waiting.\n# TYPE parked counter\nparked{service="consent"} 1\nparked{service="referrals"} 2\n' +
        '# HELP lag How far behind.\n# TYPE lag gauge\nlag{service="consent"} 0\nlag{service="referrals"} 0\n',
    );
  });
});

describe('the readiness of all services together', () => {
  const good = { status: 'ready', checks: { database: { ready: true, detail: 'answers' } } } as const;

  it('is ready when every service is', async () => {
    const service = { ready: () => Promise.resolve({ ...good, service: 'consent' }) };
    expect(await joinedReadiness([{ name: 'consent', service, because: '' }])).toEqual({
      status: 'ready',
      missing: [],
      services: { consent: { ...good, service: 'consent' } },
    });
  });

  it('names who is missing and why, also one that has not started and one that cannot say', async () => {
    const broken = {
      status: 'not-ready',
      service: 'referrals',
      checks: {
        database: { ready: true, detail: 'answers' },
        relay: { ready: false, detail: 'events have waited 40 s' },
      },
    } as const;
    const found = await joinedReadiness([
      { name: 'consent', service: { ready: () => Promise.resolve({ ...good, service: 'consent' }) }, because: '' },
      { name: 'referrals', service: { ready: () => Promise.resolve(broken) }, because: '' },
      { name: 'directory', service: undefined, because: 'has not started yet' },
      { name: 'identity', service: { ready: () => Promise.reject(new Error('no')) }, because: '' },
    ]);
    expect(found.status).toBe('not-ready');
    expect(found.missing).toEqual([
      'referrals: relay: events have waited 40 s',
      'directory: process: has not started yet',
      'identity: process: does not answer',
    ]);
  });
});
