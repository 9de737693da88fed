import type { Readiness } from '#service';

/** How each service is asked; a service that has not started is undefined. */
export interface ServiceProbe {
  readonly name: string;
  readonly service: { ready(): Promise<Readiness> } | undefined;
  /** Why it has not started. */
  readonly because: string;
}

/**
 * The readiness of the whole platform: that of every service, and lists of sentences about what is missing and what lags.
 */
export interface JoinedReadiness {
  readonly status: 'ready' | 'not-ready';
  readonly missing: readonly string[];
  /** What lags although requests are answered; omitted if nothing does. */
  readonly behind?: readonly string[];
  readonly services: Readonly<Record<string, Readiness>>;
}

/** Asks all services in parallel. A service that cannot answer counts as missing. */
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
