import type { Role } from '#contracts';
import { html, Html } from './html.ts';

/** The demo people of one organization, as the sign-in page lists them. */
export interface DemoOrganization {
  readonly name: string;
  readonly people: readonly { readonly login: string; readonly displayName: string; readonly roles: readonly Role[] }[];
}

const style = new Html(`
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { margin: 0; padding: 1rem; }
  main { max-width: 40rem; margin: 0 auto; }
  fieldset { margin: 0 0 1rem; border: 1px solid; border-radius: .5rem; }
  legend { font-weight: 600; padding: 0 .5rem; }
  ul { list-style: none; margin: 0; padding: 0; }
  button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; text-align: start; cursor: pointer; }
  li button { width: 100%; margin: .25rem 0; }
  [role=alert] { border-inline-start: .25rem solid; padding-inline-start: .75rem; }
`);

function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `.text;
}

/** Every demo person as a button: no password, no script. `unknown`: the submitted name does not exist. */
export function choosePersonPage(organizations: readonly DemoOrganization[], unknown = false): string {
  const alert = html`<p role="alert">Nobody in the demo is called so. Choose one of these people.</p>`;
  return page(
    'Sign in to the demo',
    html`${unknown ? alert : ''}
      <p>These people are made up, and so is everybody they look after. Choose who you are; there is no password.</p>
      <form method="post">
        ${organizations.map(fieldset)}
        <p><button type="submit" name="cancel" value="yes">Go back without signing in</button></p>
      </form>`,
  );
}

function fieldset({ name, people }: DemoOrganization): Html {
  const buttons = people.map(
    ({ login, displayName, roles }) =>
      html`<li>
        <button type="submit" name="login" value="${login}">${displayName}, ${roles.map(words).join(', ')}</button>
      </li> `,
  );
  return html`<fieldset>
    <legend>${name}</legend>
    <ul>
      ${buttons}
    </ul>
  </fieldset> `;
}

function words(code: string): string {
  return code.replaceAll('-', ' ');
}

export const elsewherePage = page(
  'Sign in',
  html`<p>
      Nobody signs in here. Sign-in is by your organization’s own issuer: begin at the address that your organization
      gave you.
    </p>
    <form method="post">
      <p><button type="submit" name="cancel" value="yes">Go back without signing in</button></p>
    </form>`,
);

export const tooLatePage = page(
  'This sign-in has ended',
  html`<p role="alert">
      It took too long, or it was finished in another window. Go back to the application and sign in again.
    </p>
    <p><a href="/">To the application</a></p>`,
);

/** `form` is the provider's own, without buttons: it contains what recognises the browser. */
export function signOutPage(form: string): string {
  return page(
    'Sign out?',
    html`${new Html(form)}
      <p>
        <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
        <button type="submit" form="op.logoutForm">Stay signed in</button>
      </p>`,
  );
}

export const signedOutPage = page(
  'Signed out',
  html`<p>You are signed out.</p>
    <p><a href="/">To the application</a></p>`,
);

/** The protocol's error in its own words, for developers of clients. */
export function faultPage(fault: Readonly<Record<string, unknown>>): string {
  const shown = Object.entries(fault).filter((each): each is [string, string] => typeof each[1] === 'string');
  return page(
    'This did not work',
    html`<p role="alert">The application asked for something that cannot be done. Go back to it and try again.</p>
      <dl>
        ${shown.map(
          ([name, value]) =>
            html`<dt>${words(name.replaceAll('_', '-'))}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p><a href="/">To the application</a></p>`,
  );
}
