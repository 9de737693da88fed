import { describe, expect, it } from '@jest/globals';
import { readConfig } from '#service';
import type { ConfigFault } from '#service';
import { isDemo } from './open-infrastructure.ts';
import { PlatformConfig } from './platform-config.ts';

const read = (environment: Record<string, string>): PlatformConfig => readConfig(PlatformConfig, environment);
const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    read(environment);
    return [];
  } catch (error) {
    return (error as ConfigFault).faults;
  }
};
const own = { DATABASE_URL: 'postgres://admin@db:5432/referrals' };
const secret = { PLATFORM_SECRET: '0123456789abcdef0123456789abcdef' };

describe('the environment of the platform', () => {
  it('may be empty', () => {
    expect(read({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, DATA_DIR: '.data', LOG_LEVEL: 'info' });
    expect(read({ PORT: '', KAFKA_BROKERS: '' })).toMatchObject({ PORT: 3000 });
  });

  it('allows demo sign-ins on the embedded database, and elsewhere only if configured', () => {
    expect(isDemo(read({}))).toBe(true);
    expect(isDemo(read({ DEMO: '0' }))).toBe(false);
    expect(isDemo(read({ ...own, ...secret }))).toBe(false);
    expect(isDemo(read({ ...own, ...secret, DEMO: '1' }))).toBe(true);
  });

  it('must contain a secret with an external database', () => {
    expect(faultsOf(own)).toEqual([expect.stringContaining('PLATFORM_SECRET')]);
    expect(faultsOf({ ...own, PLATFORM_SECRET: 'short' })).toEqual([expect.stringContaining('PLATFORM_SECRET')]);
    expect(faultsOf({ ...own, ...secret })).toEqual([]);
    expect(faultsOf({ ...own, SECRETS_FILE: '/run/secrets/platform.json' })).toEqual([]);
  });

  it('is refused with all faults together, by name and without a value', () => {
    const faults = faultsOf({
      PORT: '70000',
      KAFKA_BROKERS: 'kafka',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://s3cret',
      DEMO: 'yes',
    });
    expect(faults).toHaveLength(6);
    for (const name of ['PORT', 'KAFKA_BROKERS', 'LOG_LEVEL', 'DATABASE_URL', 'DEMO', 'PLATFORM_SECRET']) {
      expect(faults).toContainEqual(expect.stringContaining(name));
    }
    expect(faults.join()).not.toMatch(/s3cret|loud|70000/);
  });
});
