import { relative } from 'node:path';
import { show } from './say.ts';

export interface Welcome {
  readonly address: string;
  readonly demo: boolean;
  /** For the embedded database; undefined for an external one. */
  readonly dataDir?: string;
  readonly logFile?: string;
}

interface DemoPerson {
  readonly login: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}

/** The last output of a start: the address, the demo people, and what to try. */
export async function welcome({ address, demo, dataDir, logFile }: Welcome): Promise<void> {
  const people = demo ? await demoPeople(address) : [];
  show([
    '',
    `  Closed-loop referrals runs at ${address}`,
    `  Ctrl-C stops it. ${whereDataIs(dataDir, logFile)}`,
    ...peopleLines(people),
    '',
    '  What to try next:',
    `    ${address}/`.padEnd(42) + 'the application, in a browser',
    '    npm run demo'.padEnd(42) + 'in another terminal: a referral of three needs, all the way',
    `    ${address}/docs`.padEnd(42) + 'every route, to read and to call',
    `    ${address}/platform`.padEnd(42) + 'what runs here, and what each of these people may read',
    `    ${address}/health/ready`.padEnd(42) + 'whether everything is ready',
    '',
  ]);
}

function whereDataIs(dataDir: string | undefined, logFile: string | undefined): string {
  const data = dataDir === undefined ? 'Data stays in your PostgreSQL' : `Data stays in ${shortened(dataDir)}`;
  return logFile === undefined ? `${data}.` : `${data}, the log is ${shortened(logFile)}.`;
}

function peopleLines(people: readonly DemoPerson[]): readonly string[] {
  if (people.length === 0) return [];
  const lines = people.map(
    ({ login, displayName, roles }) => `    ${login.padEnd(20)}${displayName.padEnd(22)}${roles.join(', ')}`,
  );
  return ['', '  Demo people (no password: POST /api/identity/demo-tokens {"login": "dana.planner"}):', ...lines];
}

async function demoPeople(address: string): Promise<readonly DemoPerson[]> {
  try {
    const answer = await fetch(`${address}/api/identity/demo-people`, { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) return [];
    const found = (await answer.json()) as { items: readonly DemoPerson[] } | readonly DemoPerson[];
    return 'items' in found ? found.items : found;
  } catch {
    // a public address may not be reachable from here; the list is only a convenience
    return [];
  }
}

function shortened(path: string): string {
  const here = relative(process.cwd(), path);
  return here.startsWith('..') ? path : here;
}
