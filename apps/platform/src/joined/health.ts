import type { Readiness } from '#service';

/** What is asked of each service; a service that has not started is undefined. */
export interface ServiceProbe {
  readonly name: string;
  readonly service: { ready(): Promise<Readiness> } | undefined;
  /** Why it has not started. */
  readonly because: string;
}

/** The house's own readiness: every service's, and in lists of sentences who is missing and why, and what lags. */
export interface JoinedReadiness {
  readonly status: 'ready' | 'not-ready';
  readonly missing: readonly string[];
  /** What lags while requests are answered; left out where nothing does. */
  readonly behind?: readonly string[];
  readonly services: Readonly<Record<string, Readiness>>;
}

/** Asks all services together. A service that cannot even say counts as missing. */
export async function joinedReadiness(asked: readonly ServiceProbe[]): Promise<JoinedReadiness> {
  const answers = await Promise.all(asked.map(readinessOf));
  const lacking = answers.flatMap(({ service, checks }) =>
    Object.entries(checks)
      .filter(([, check]) => !check.ready)
      .map(([name, { detail, needed }]) => ({ needed: needed !== false, words: `${service}: ${name}: ${detail}` })),
  );
  const missing = lacking.filter(({ needed }) => needed).map(({ words }) => words);
  const behind = lacking.filter(({ needed }) => !needed).map(({ words }) => words);
  return {
    status: answers.every(({ status }) => status === 'ready') ? 'ready' : 'not-ready',
    missing,
    ...(behind.length === 0 ? {} : { behind }),
    services: Object.fromEntries(answers.map((answer) => [answer.service, answer])),
  };
}

async function readinessOf({ name, service, because }: ServiceProbe): Promise<Readiness> {
  if (service === undefined) return absent(name, because);
  try {
    return await service.ready();
  } catch {
    return absent(name, 'does not answer');
  }
}

function absent(service: string, detail: string): Readiness {
  return { status: 'not-ready', service, checks: { process: { ready: false, detail } } };
}
