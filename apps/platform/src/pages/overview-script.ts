/**
 * The page's script: signs a demo person in, and shows what their role reads first. Texts are inserted as text,
 * never parsed as HTML.
 */
export const overviewScript = `
const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const views = [
  { roles: ['discharge-planner', 'privacy-officer'], title: 'Referrals sent', path: '/api/referrals/referrals',
    columns: ['createdAt', 'priority', 'label', 'needs', 'closed'] },
  { roles: ['intake-worker', 'organization-admin'], title: 'Inbox', path: '/api/coordination/inbox',
    columns: ['need', 'state', 'waitsFor', 'dueGroup', 'dueAt', 'priority'] },
  { roles: ['coordinator', 'network-admin'], title: 'Board', path: '/api/coordination/board',
    columns: ['need', 'result', 'state', 'waitsFor', 'dueGroup', 'taskCount'] },
];

const words = (value) => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => (each.need ? each.need + ': ' + (each.state ?? each.result) : words(each))).join(', ');
  if (typeof value === 'object') return value.code ?? Object.values(value).join(' ');
  return String(value);
};

function table(columns, items) {
  const made = element('table');
  const head = made.createTHead().insertRow();
  for (const column of columns) head.append(element('th', column, { scope: 'col' }));
  const body = made.createTBody();
  for (const item of items) {
    const row = body.insertRow();
    for (const column of columns) row.insertCell().textContent = words(item[column]);
  }
  const frame = element('div', undefined, { class: 'scroll' });
  frame.append(made);
  return frame;
}

async function look(person) {
  const seen = document.getElementById('seen');
  seen.replaceChildren(element('p', 'Asking what ' + person.displayName + ' sees…'));
  const answer = await fetch('/api/identity/demo-tokens', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login: person.login }),
  });
  if (!answer.ok) return seen.replaceChildren(element('p', 'Signing in did not work (' + answer.status + ').'));
  const token = (await answer.json()).access_token;
  const view = views.find(({ roles }) => roles.some((role) => person.roles.includes(role)));
  const children = [element('h3', person.displayName + ', ' + person.roles.join(', '))];
  if (view !== undefined) {
    const list = await fetch(view.path, { headers: { authorization: 'Bearer ' + token } });
    const items = list.ok ? (await list.json()).items : [];
    children.push(element('h4', view.title));
    if (!list.ok) children.push(element('p', 'This cannot be read just now (' + list.status + ').'));
    else if (items.length === 0) children.push(element('p', 'Nothing yet. Run npm run demo in another terminal, then choose this person again.'));
    else children.push(table(view.columns, items));
  }
  children.push(element('label', 'Token for 15 minutes, for /docs (Authorize) or curl:', { for: 'token' }));
  const box = element('textarea', token, { id: 'token', readonly: '', rows: '3' });
  children.push(box);
  seen.replaceChildren(...children);
}

async function people() {
  const place = document.getElementById('sign-ins');
  const answer = await fetch('/api/identity/demo-people');
  if (!answer.ok) return place.replaceChildren(element('p', 'The people cannot be listed just now (' + answer.status + '). Reload in a moment.'));
  const found = await answer.json();
  place.replaceChildren(...(found.items ?? found).map((person) => {
    const button = element('button', person.displayName, { type: 'button', 'aria-pressed': 'false' });
    button.append(element('small', person.roles.join(', ')), element('small', person.login));
    button.addEventListener('click', () => {
      for (const other of place.children) other.setAttribute('aria-pressed', String(other === button));
      void look(person);
    });
    return button;
  }));
}

void people();
`;
