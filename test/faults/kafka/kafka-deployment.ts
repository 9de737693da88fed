import { randomBytes } from 'node:crypto';
import { kafkaTransport } from '#events';
import { openDeployment, platformDatabase, type TestDeployment, type TestDeploymentOptions } from '../../deployment.ts';

/** The answer of the platform's `/health/ready`. */
export interface Ready {
  readonly http: number;
  readonly status: string;
  readonly missing: readonly string[];
  readonly behind?: readonly string[];
  readonly services: Readonly<
    Record<string, { readonly status: string; readonly checks: Readonly<Record<string, { readonly detail: string }>> }>
  >;
}

export async function readyOf(deployment: Pick<TestDeployment, 'baseUrl'>): Promise<Ready> {
  const answer = await fetch(`${deployment.baseUrl}/health/ready`);
  return { http: answer.status, ...((await answer.json()) as Omit<Ready, 'http'>) };
}

/** A separate database and topics, on which several deployments start one after the other. */
export interface KafkaPlace {
  readonly prefix: string;
  readonly logged: readonly string[];
  open(how?: Pick<TestDeploymentOptions, 'unsettled' | 'clock'>): Promise<TestDeployment>;
  leave(): Promise<void>;
}

export async function kafkaPlace(brokers: readonly string[]): Promise<KafkaPlace> {
  const { adminUrl, drop } = await platformDatabase();
  const prefix = `t${randomBytes(6).toString('hex')}.`;
  const logged: string[] = [];
  const transport = (): ReturnType<typeof kafkaTransport> =>
    kafkaTransport({ brokers, prefix, tell: (words) => void logged.push(words) });
  return {
    prefix,
    logged,
    open: (how = {}) => openDeployment({ ...how, transport, on: adminUrl }),
    leave: drop,
  };
}
