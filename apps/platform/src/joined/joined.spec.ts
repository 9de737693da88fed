import { describe, expect, it } from '@jest/globals';
import { joinedDocument } from './documents.ts';
import type { ServiceDocument } from './documents.ts';
import { joinedReadiness } from './health.ts';
import { joinedMetrics } from './metrics.ts';

describe('the metrics of all services together', () => {
  it('name each family once, before all its samples, as the format requires', () => {
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

  it('is ready while something only lags, and lists what lags [F4]', async () => {
    const lags = {
      status: 'ready',
      service: 'referrals',
      checks: { ...good.checks, relay: { ready: false, needed: false, detail: 'events have waited 40 s' } },
    } as const;
    const service = { ready: () => Promise.resolve(lags) };
    expect(await joinedReadiness([{ name: 'referrals', service, because: '' }])).toMatchObject({
      ...{ status: 'ready', missing: [], behind: ['referrals: relay: events have waited 40 s'] },
    });
  });

  it('names the missing services and why, including one that has not started and one that does not answer', async () => {
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

describe('the documents of all services together', () => {
  const of = (service: string, schemas: Readonly<Record<string, object>>): ServiceDocument => ({
    openapi: '3.1.0',
    paths: { [`/api/${service}/lag`]: { get: { operationId: 'Lag.all', tags: ['Lag'], summary: 'How late' } } },
    components: { schemas },
  });

  it('distinguish operations by their service, and contain equal schemas once', () => {
    const both = { Lag: { type: 'object' } };
    const found = joinedDocument(
      new Map([
        ['consent', of('consent', both)],
        ['referrals', of('referrals', { ...both, Task: {} })],
      ]),
    );
    expect(found.paths).toEqual({
      '/api/consent/lag': { get: { operationId: 'consent.Lag.all', tags: ['consent'], summary: 'How late' } },
      '/api/referrals/lag': { get: { operationId: 'referrals.Lag.all', tags: ['referrals'], summary: 'How late' } },
    });
    expect(found.components).toEqual({ schemas: { ...both, Task: {} } });
  });

  it('cannot be merged if one name means two things', () => {
    const two = new Map([
      ['consent', of('consent', { Lag: { type: 'object' } })],
      ['referrals', of('referrals', { Lag: { type: 'string' } })],
    ]);
    expect(() => joinedDocument(two)).toThrow('referrals, schemas: another service describes Lag otherwise');
  });
});
