import { describe, expect, it } from '@jest/globals';
import { ServeConfig } from '../deployment/serve-config.ts';
import { ConfigFault, readConfig, readConfigs } from './read-config.ts';
import { Address, WholeNumber } from './setting.ts';

const good = {
  DATABASE_URL: 'postgres://admin:hunter2@db.example:5432/platform',
  PLATFORM_SECRET: 'a secret of thirty-two characters or more',
  ISSUER_URL: 'https://platform.example',
};

class MailConfig {
  @Address('smtp', 'smtps') readonly SMTP_URL!: string;
  @WholeNumber(1, 10) readonly MAILS_AT_ONCE: number = 4;
}

const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
};

describe('The environment', () => {
  it('needs few variables: all others have a default', () => {
    expect(readConfig(ServeConfig, good)).toMatchObject({
      ...good,
      HOST: '0.0.0.0',
      PORT: 3000,
      LOG_LEVEL: 'info',
      DEMO: false,
      REQUESTS_PER_MINUTE: 12_000,
      TRUST_PROXY: 0,
    });
  });

  it('gives numbers as numbers and switches as true and false', () => {
    expect(readConfig(ServeConfig, { ...good, PORT: '8080', DEMO: '1' })).toMatchObject({ PORT: 8080, DEMO: true });
    expect(readConfig(ServeConfig, { ...good, PORT: '', DEMO: '0' })).toMatchObject({ PORT: 3000, DEMO: false });
  });

  it('gets all its faults in one error, with the name of each variable and what it must be', () => {
    const faults = faultsOf(() =>
      readConfig(ServeConfig, {
        DATABASE_URL: 'mysql://db',
        KAFKA_BROKERS: 'broker',
        PORT: '70000',
        LOG_LEVEL: 'loud',
        DEMO: 'yes',
      }),
    );
    expect(faults.map((each) => each.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'DEMO',
      'ISSUER_URL',
      'KAFKA_BROKERS',
      'LOG_LEVEL',
      'PLATFORM_SECRET',
      'PORT',
    ]);
    expect(faults.join()).toContain('PORT must be at most 65535');
  });

  it("and those of the service's own settings with them", () => {
    const faults = faultsOf(() => readConfigs([ServeConfig, MailConfig], { ...good, PORT: 'x', MAILS_AT_ONCE: '11' }));
    expect(faults.map((each) => each.split(' ')[0])).toEqual(['PORT', 'SMTP_URL', 'MAILS_AT_ONCE']);
  });

  it('never has its values printed', () => {
    const values = {
      DATABASE_URL: 'mysql://admin:hunter2@db',
      PLATFORM_SECRET: 'short-hunter2',
      ISSUER_URL: 'hunter2',
      PORT: 'hunter2',
      LOG_LEVEL: 'hunter2',
    };
    const faults = faultsOf(() => readConfig(ServeConfig, values));
    expect(faults).toHaveLength(5);
    expect(faults.join()).not.toContain('hunter2');
  });

  it('needs either one secret or a file of secrets', () => {
    const { PLATFORM_SECRET: _, ...without } = good;
    expect(faultsOf(() => readConfig(ServeConfig, without))).toHaveLength(1);
    expect(readConfig(ServeConfig, { ...without, SECRETS_FILE: '/data/secrets.json' }).PLATFORM_SECRET).toBeUndefined();
  });
});
