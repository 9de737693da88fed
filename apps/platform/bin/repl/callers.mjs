import { Person } from '../demo/person.mjs';
import { CommandError } from '../setup/words.mjs';

/** The demo people of a platform, and `callerOf(login)`: a signed-in person with the scope of their reads. */
export async function signedIn(address) {
  const answer = await fetch(`${address}/api/identity/demo-people`);
  const { items: people = [] } = answer.ok ? /** @type {any} */ (await answer.json()) : {};
  const callers = new Map();
  const callerOf = async (login) => {
    if (!callers.has(login)) callers.set(login, await signIn(address, login, people));
    return callers.get(login);
  };
  return { people, callerOf };
}

async function signIn(address, login, people) {
  const known = people.find((each) => each.login === login);
  if (known === undefined) {
    const words = people.length === 0 ? 'there is no demo mode here' : people.map((each) => each.login).join(', ');
    throw new CommandError(`"${login}" is no demo person: ${words}`);
  }
  const answer = await fetch(`${address}/api/identity/demo-tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login }),
  });
  if (!answer.ok) throw new CommandError(`${login} cannot sign in: ${answer.status} ${await answer.text()}`);
  const { access_token: token } = /** @type {{ access_token: string }} */ (await answer.json());
  return {
    person: new Person(address, { ...known, organizationName: known.organizationId }, token),
    scope: scopeOf(token),
  };
}

/** As `readScope` of libs/access/src/scopes.ts: what the database settings of a read of this person are. */
function scopeOf(token) {
  const { sub, org, net, roles, scope } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  const readsNetwork =
    roles.includes('coordinator') ||
    roles.includes('network-admin') ||
    (roles.includes('privacy-officer') && (scope ?? '').split(' ').includes('network'));
  return {
    'app.scope': readsNetwork ? 'network' : 'tenant',
    'app.tenant': org,
    'app.network': readsNetwork ? net : '',
    'app.key': '',
    'app.person': sub,
  };
}
