import { send } from '../front-door.ts';
import type { Handler } from '../front-door.ts';
import { overviewScript } from './overview-script.ts';
import { overviewStyle } from './overview-style.ts';

/** What the page shows about the platform. */
export interface OverviewFacts {
  readonly services: readonly string[];
  readonly demo: boolean;
}

export const OVERVIEW = '/platform';

const SIGN_INS = `
<section aria-labelledby="people">
<h2 id="people">Look through somebody's eyes</h2>
<p>Everybody here is invented. Choose a person to see what their organization may see; no password is asked in demo mode.</p>
<div id="sign-ins" class="people"><p>Asking who there is&hellip;</p></div>
<div id="seen" aria-live="polite"></div>
</section>`;

const NO_SIGN_INS = `
<section><h2>Signing in</h2><p>Demo mode is off here: people sign in through this network's own issuer.</p></section>`;

function html({ services, demo }: OverviewFacts): string {
  const documents = services.map((name) => `<li><a href="/api/${name}/openapi.json">${name}</a></li>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Closed-loop referrals: the platform</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/platform/page.css">
</head>
<body>
<main>
<h1>Closed-loop referrals</h1>
<p class="lead">One referral travels from a hospital to the agencies that can help, client data moves only where the client's
consent lets it, and the loop is closed with an outcome that everybody is notified of.</p>
${demo ? SIGN_INS : NO_SIGN_INS}
<section aria-labelledby="try">
<h2 id="try">Try it</h2>
<ul>
<li><a href="/">The application</a></li>
<li><code>npm run demo</code> in another terminal: a referral of three needs goes all the way, step by step; then look again above</li>
<li><a href="/docs">Every route of every service</a>, to read and to call</li>
<li><a href="/asyncapi.json">Every event of every topic</a>, as an AsyncAPI document</li>
<li><a href="/health/ready">Whether everything is ready</a>, and what is missing when not</li>
<li><code>/metrics</code>: metrics, for operators (<code>METRICS_TOKEN</code>)</li>
</ul>
</section>
<section aria-labelledby="services">
<h2 id="services">OpenAPI documents</h2>
<ul class="row">
${documents}
</ul>
</section>
</main>
${demo ? '<script src="/platform/page.js"></script>' : ''}
</body>
</html>
`;
}

/** `/platform`, for developers and operators: what runs here, tokens of the demo people, where to look. */
export function overviewPages(facts: OverviewFacts): Readonly<Record<string, Handler>> {
  const page =
    (type: string, body: string): Handler =>
    (_request, response) =>
      send(response, 200, type, body);
  return {
    [OVERVIEW]: page('text/html', html(facts)),
    '/platform/page.css': page('text/css', overviewStyle),
    '/platform/page.js': page('text/javascript', overviewScript),
  };
}
