import { createServer } from 'node:http';
import { seedSystemClients } from '#contracts';
import { makeSecrets, type DeploymentConfig, type Secrets } from '#service';
import { FakeClock, listenForTests, testPasswords, testService, type TestService } from '#testing';
import { IdentityModule } from '../identity.module.ts';

/** Identity behind its own port: it verifies the tokens that it issues. */
export interface RunningIssuer {
  readonly base: string;
  readonly identity: TestService;
  /** Moves identity's clock; it starts at the machine's time, which clients use to check tokens. */
  readonly clock: FakeClock;
  close(): Promise<void>;
}

export function secretsForTests(): Secrets {
  const clients = seedSystemClients.map((each) => each.clientId);
  return { ...makeSecrets(['identity'], clients), rolePasswords: { identity: testPasswords } };
}

export async function runningIssuer(changes: Partial<DeploymentConfig> = {}): Promise<RunningIssuer> {
  let identity: TestService | undefined;
  const server = createServer((request, response) => identity?.service.handle(request, response));
  const base = await listenForTests(server);
  const clock = new FakeClock(new Date().toISOString());
  const stopListening = (): void => {
    server.closeAllConnections();
    server.close();
  };
  try {
    identity = await testService(IdentityModule, 'identity', {
      demo: true,
      secrets: secretsForTests(),
      issuerUrl: () => base,
      clock,
      ...changes,
    });
  } catch (error) {
    stopListening();
    throw error;
  }
  const running = identity;
  return {
    base,
    identity: running,
    clock,
    close: async () => {
      stopListening();
      await running.close();
    },
  };
}
