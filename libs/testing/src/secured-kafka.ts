import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startByJava } from './kafka.ts';

/** A broker that authenticates every client over TLS and allows nothing without an ACL. */
export interface SecuredKafka {
  readonly brokers: readonly string[];
  /** PEM file of the authority that signed the broker's certificate. */
  readonly caFile: string;
  readonly superuser: { readonly username: string; readonly password: string };
  close(): Promise<void>;
}

const superuser = { username: 'superuser', password: 'of-the-superuser' };
const storePassword = 'of-the-keystore';

/**
 * Uses only the machine's Java; undefined if there is none, an error with `REQUIRE_KAFKA=1`. Each login works with SCRAM
 * and with PLAIN.
 */
export async function securedKafka(logins: Readonly<Record<string, string>>): Promise<SecuredKafka | undefined> {
  const folder = join(process.env['TEST_KAFKA_RUN'] ?? '', `secured-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const caFile = join(folder, 'ca.pem');
  const none = makeCertificate(folder, caFile);
  const all = { [superuser.username]: superuser.password, ...logins };
  const port = await freePort();
  const settings = join(folder, 'settings.properties');
  const scram = join(folder, 'scram.txt');
  writeFileSync(settings, settingsOf(port, await freePort(), folder, all));
  writeFileSync(
    scram,
    Object.entries(all)
      .map(([name, password]) => `${name}=${password}\n`)
      .join(''),
  );
  const found = none ?? (await startByJava(folder, port, ['--settings', settings, '--scram', scram]));
  if (found.brokers === undefined) {
    if (process.env['REQUIRE_KAFKA'] === '1') throw new Error(found.none);
    process.stderr.write(`\nSKIPPED: the suites of a secured Kafka. ${found.none ?? ''}\n\n`);
    return undefined;
  }
  return {
    brokers: found.brokers,
    caFile,
    superuser,
    close: async () => {
      if (found.pid !== undefined) process.kill(found.pid, 'SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A self-signed certificate; its reader trusts it as an authority. */
function makeCertificate(
  folder: string,
  caFile: string,
): { readonly brokers?: undefined; readonly none: string } | undefined {
  const store = ['-keystore', join(folder, 'broker.p12'), '-storetype', 'PKCS12', '-storepass', storePassword];
  const name = ['-alias', 'broker', '-dname', 'CN=localhost', '-ext', 'SAN=DNS:localhost,IP:127.0.0.1'];
  const made = spawnSync('keytool', ['-genkeypair', '-keyalg', 'RSA', '-validity', '30', ...name, ...store]);
  if (made.status !== 0) return { none: 'there is no keytool to make a certificate' };
  spawnSync('keytool', ['-exportcert', '-rfc', '-alias', 'broker', '-file', caFile, ...store]);
  return readFileSync(caFile, 'utf8').includes('BEGIN CERTIFICATE')
    ? undefined
    : { none: 'keytool made no certificate' };
}

function settingsOf(port: number, innerPort: number, folder: string, logins: Readonly<Record<string, string>>): string {
  const users = Object.entries(logins).map(([name, password]) => `user_${name}="${password}"`);
  return `
listeners=SECURE://127.0.0.1:${port},INNER://127.0.0.1:${innerPort},CONTROLLER://127.0.0.1:${port + 1}
advertised.listeners=SECURE://127.0.0.1:${port},INNER://127.0.0.1:${innerPort}
listener.security.protocol.map=SECURE:SASL_SSL,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=INNER
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:${superuser.username}
allow.everyone.if.no.acl.found=false
sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256,PLAIN
listener.name.secure.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.secure.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.secure.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required ${users.join(' ')};
ssl.keystore.type=PKCS12
ssl.keystore.location=${join(folder, 'broker.p12')}
ssl.keystore.password=${storePassword}
ssl.key.password=${storePassword}
`;
}
