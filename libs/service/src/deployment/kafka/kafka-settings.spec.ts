import { describe, expect, it } from '@jest/globals';
import { ConfigFault, readConfig } from '../../config/read-config.ts';
import { KafkaConfig } from './kafka-config.ts';
import { kafkaSettings } from './kafka-settings.ts';

const services = ['referrals', 'consent'];
const files: Readonly<Record<string, string>> = {
  '/ca.pem': 'CA',
  '/cert.pem': 'CERT',
  '/key.pem': 'KEY',
  '/logins.json': '{"referrals": {"username": "r", "password": "hunter2"}}',
  '/broken.json': '{"referrals": {"username": "hunter2"',
  '/half.json': '{"referrals": {"username": "hunter2"}}',
};
const readText = (path: string): string => {
  const text = files[path];
  if (text === undefined) throw new Error(`no ${path}`);
  return text;
};
const settings = (environment: Readonly<Record<string, string>>): ReturnType<typeof kafkaSettings> =>
  kafkaSettings(readConfig(KafkaConfig, { KAFKA_BROKERS: 'a:1,b:2', ...environment }), services, readText);
const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    settings(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
};

describe('The settings of Kafka', () => {
  it('require only brokers', () => {
    expect(settings({ KAFKA_PREFIX: 'h.' })).toEqual({ brokers: ['a:1', 'b:2'], prefix: 'h.' });
  });

  it('read certificates from the files that they name [S2]', () => {
    const named = { KAFKA_SSL_CA: '/ca.pem', KAFKA_SSL_CERT: '/cert.pem', KAFKA_SSL_KEY: '/key.pem' };
    expect(settings({ KAFKA_SSL: '1' }).security).toEqual({ tls: {} });
    expect(settings({ KAFKA_SSL: '1', ...named }).security).toEqual({ tls: { ca: 'CA', cert: 'CERT', key: 'KEY' } });
  });

  it('give each service its own login, and the common one to services that the file does not name [S2]', () => {
    const { security } = settings({
      ...{ KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_CREDENTIALS_FILE: '/logins.json' },
      ...{ KAFKA_USERNAME: 'all', KAFKA_PASSWORD: 'x' },
    });
    expect(security?.sasl?.mechanism).toBe('scram-sha-512');
    expect(services.map((each) => security?.sasl?.loginOf(each).username)).toEqual(['r', 'all']);
  });

  it.each([
    ['a key without its certificate', { KAFKA_SSL: '1', KAFKA_SSL_KEY: '/key.pem' }, 'KAFKA_SSL_CERT'],
    ['a certificate without TLS', { KAFKA_SSL_CA: '/ca.pem' }, 'KAFKA_SSL'],
    ['a file that is not there', { KAFKA_SSL: '1', KAFKA_SSL_CA: '/hunter2.pem' }, 'KAFKA_SSL_CA'],
    ['an unknown mechanism', { KAFKA_SASL_MECHANISM: 'hunter2' }, 'KAFKA_SASL_MECHANISM'],
    ['a mechanism without a login', { KAFKA_SASL_MECHANISM: 'plain' }, 'KAFKA_USERNAME'],
    ['a name without a password', { KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'hunter2' }, 'KAFKA_PASSWORD'],
    ['a login without a mechanism', { KAFKA_USERNAME: 'hunter2', KAFKA_PASSWORD: 'hunter2' }, 'KAFKA_SASL_MECHANISM'],
    [
      'logins that are no JSON',
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_CREDENTIALS_FILE: '/broken.json' },
      'KAFKA_CREDENTIALS_FILE',
    ],
    ['half a login', { KAFKA_SASL_MECHANISM: 'plain', KAFKA_CREDENTIALS_FILE: '/half.json' }, 'KAFKA_CREDENTIALS_FILE'],
    [
      'a service without a login',
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_CREDENTIALS_FILE: '/logins.json' },
      'KAFKA_USERNAME',
    ],
  ])('refuse %s by the name of the variable, and print no value [S2]', (_what, environment, variable) => {
    const faults = faultsOf(environment);
    expect(faults.map((each) => each.split(' ')[0])).toContain(variable);
    expect(faults.join()).not.toMatch(/hunter2|\.pem|\.json/);
  });
});
