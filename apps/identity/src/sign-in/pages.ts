import type { Language, Role } from '#contracts';
import { html, Html } from './html.ts';
import { pageWords } from './words.ts';

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

function page(language: Language, title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="${language}">
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
export function choosePersonPage(
  language: Language,
  organizations: readonly DemoOrganization[],
  unknown = false,
): string {
  const { demo, roles } = pageWords[language];
  const fieldsets = organizations.map((each) => fieldset(each, roles));
  return page(
    language,
    demo.title,
    html`${unknown ? html`<p role="alert">${demo.unknown}</p>` : ''}
      <p>${demo.intro}</p>
      <form method="post">
        ${fieldsets}
        <p>${goBack(language)}</p>
      </form>`,
  );
}

function fieldset({ name, people }: DemoOrganization, words: Readonly<Record<Role, string>>): Html {
  const buttons = people.map(
    ({ login, displayName, roles }) =>
      html`<li>
        <button type="submit" name="login" value="${login}">
          ${displayName}, ${roles.map((each) => words[each]).join(', ')}
        </button>
      </li> `,
  );
  return html`<fieldset>
    <legend>${name}</legend>
    <ul>
      ${buttons}
    </ul>
  </fieldset> `;
}

export function elsewherePage(language: Language): string {
  const { title, intro } = pageWords[language].elsewhere;
  return page(
    language,
    title,
    html`<p>${intro}</p>
      <form method="post"><p>${goBack(language)}</p></form>`,
  );
}

export function tooLatePage(language: Language): string {
  const { title, intro } = pageWords[language].tooLate;
  return page(
    language,
    title,
    html`<p role="alert">${intro}</p>
      ${toApplication(language)}`,
  );
}

/** `form` is the provider's own, without buttons: it contains what recognises the browser. */
export function signOutPage(language: Language, form: string): string {
  const { title, yes, no } = pageWords[language].signOut;
  return page(
    language,
    title,
    html`${new Html(form)}
      <p>
        <button type="submit" form="op.logoutForm" name="logout" value="yes">${yes}</button>
        <button type="submit" form="op.logoutForm">${no}</button>
      </p>`,
  );
}

export function signedOutPage(language: Language): string {
  const { title, intro } = pageWords[language].signedOut;
  return page(
    language,
    title,
    html`<p>${intro}</p>
      ${toApplication(language)}`,
  );
}

/** The protocol's error in its own words, for developers of clients. */
export function faultPage(language: Language, fault: Readonly<Record<string, unknown>>): string {
  const { title, intro } = pageWords[language].fault;
  const shown = Object.entries(fault).filter((each): each is [string, string] => typeof each[1] === 'string');
  return page(
    language,
    title,
    html`<p role="alert">${intro}</p>
      <dl lang="en">
        ${shown.map(
          ([name, value]) =>
            html`<dt>${name.replaceAll('_', ' ')}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      ${toApplication(language)}`,
  );
}

function goBack(language: Language): Html {
  return html`<button type="submit" name="cancel" value="yes">${pageWords[language].goBack}</button>`;
}

function toApplication(language: Language): Html {
  return html`<p><a href="/">${pageWords[language].toApplication}</a></p>`;
}
