import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskActions } from '#contracts';
import { services } from '../../apps/platform/src/services.ts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { actionsLines } from './matrix/actions.lines.ts';
import { answered, type Operation } from './matrix/asking.ts';
import { attachmentsLines, withAttachment } from './matrix/attachments.lines.ts';
import { callers, tokensOf } from './matrix/callers.ts';
import { consentLines } from './matrix/consent.lines.ts';
import { draftsLines, withDraft } from './matrix/drafts.lines.ts';
import { words, type Line } from './matrix/line.ts';
import { othersLines, parkedLines } from './matrix/others.lines.ts';
import { referralsLines } from './matrix/referrals.lines.ts';
import { setScene, type Scene } from './matrix/scene.ts';

// referrals last, because its entries create a referral that the others would then show
const names = [...services.map(({ name }) => name).filter((name) => name !== 'referrals'), 'referrals'];

const table: readonly Line[] = [
  ...consentLines,
  ...othersLines,
  ...actionsLines,
  ...attachmentsLines,
  ...draftsLines,
  ...referralsLines,
  ...names.flatMap(parkedLines),
];

/** contract.md §2 as a table: every route, for every role in every relation. */
describe('who may do what', () => {
  let deployment: TestDeployment;
  let scene: Scene;
  let tokens: ReadonlyMap<string, string>;
  let operations: ReadonlyMap<string, Operation>;

  beforeAll(async () => {
    deployment = await openDeployment();
    operations = await promisedBy(deployment);
    scene = await withDraft(deployment, await withAttachment(deployment, await setScene(deployment)));
    tokens = await tokensOf(deployment);
  }, 180_000);

  afterAll(async () => {
    const cells = table.flatMap((line) => line.cells);
    const count = (kind: keyof typeof words): number =>
      cells.filter((cell) => (words[kind] as readonly string[]).includes(cell)).length;
    process.stdout.write(
      `authorization matrix: ${operations.size} routes, ${table.length} lines, ${cells.length + table.length} cells: ` +
        `${count('allowed')} allowed, ${count('refused')} refused, ${count('invisible')} invisible, ` +
        `${table.filter((line) => !line.open).length} without a token 401\n`,
    );
    await deployment.close();
  });

  it('every route has an entry, and every entry a route', () => {
    expect([...new Set(table.map((line) => line.route))].sort()).toEqual([...operations.keys()].sort());
  });

  it('every action on a Task has an entry, and is in the document', () => {
    const acted = new Set(table.flatMap((line) => (line.action === undefined ? [] : [line.action])));
    expect([...acted].sort()).toEqual([...taskActions].sort());
    const action = operations
      .get('POST /api/referrals/tasks/{id}/{action}')
      ?.parameters.find((each) => each.name === 'action');
    expect([...(action?.schema.enum ?? [])].sort()).toEqual([...taskActions].sort());
  });

  it('without a token a route answers 401, except for public routes', async () => {
    const wrong: string[] = [];
    for (const line of table) {
      const seen = await ask(line, undefined);
      if (seen !== (line.open ? line.cells[0] : '401')) wrong.push(`${nameOf(line)}: ${seen}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(names)('%s answers each role in each relation as documented', async (name) => {
    const wrong: string[] = [];
    for (const line of table.filter((each) => each.route.includes(` /api/${name}/`))) {
      const seen = await Promise.all(callers.map(({ column }) => ask(line, tokens.get(column))));
      line.cells.forEach((said, index) => {
        if (!fits(said, seen[index] as string)) {
          wrong.push(`${nameOf(line)}, ${callers[index]?.column}: said ${said}, saw ${seen[index]}`);
        }
      });
    }
    expect(wrong).toEqual([]);
  });

  function ask(line: Line, token: string | undefined): Promise<string> {
    const operation = operations.get(line.route);
    if (operation === undefined) throw new Error(`${line.route} is not in the document`);
    return answered({ line, operation, scene, baseUrl: deployment.baseUrl }, token);
  }
});

function fits(said: string, seen: string): boolean {
  if (said === 'self') return seen === 'ok' || seen === 'none';
  return said === 'past' ? seen === '404' : said === seen;
}

function nameOf({ route, action, id }: Line): string {
  return `${action === undefined ? route : route.replace('{action}', action)} on ${id ?? 'all'}`;
}

/** Every operation of a service's OpenAPI document, by method and path. */
async function promisedBy(deployment: TestDeployment): Promise<ReadonlyMap<string, Operation>> {
  const found = new Map<string, Operation>();
  for (const name of names) {
    const reply = await fetch(`${deployment.baseUrl}/api/${name}/openapi.json`);
    const { paths } = (await reply.json()) as { paths: Record<string, Record<string, Operation>> };
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods))
        found.set(`${method.toUpperCase()} ${path}`, operation);
    }
  }
  return found;
}
