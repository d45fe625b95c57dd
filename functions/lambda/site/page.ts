/** The page at `/`: what this is and how to point a client at it. One file, no script, nothing loaded from elsewhere. */
import { DATASTORES } from '../../../lib/engine/model/datastores.ts';
import { clientCommand, deviceCommands } from './client-setup.ts';

const STYLE = `
  :root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6b7b; --line: #dde3ea; --card: #fff; --back: #f4f6f9; --mark: #0b6bcb }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6edf3; --soft: #9aa9b8; --line: #2b3642; --card: #161d25; --back: #0e1318; --mark: #6cb6ff }
  }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.6 system-ui, sans-serif }
  main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem 4rem }
  h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -.02em }
  h2 { margin: 0 0 .75rem; font-size: 1.1rem }
  p { margin: .5rem 0 } .lead { color: var(--soft); font-size: 1.1rem }
  section { margin-top: 1.5rem; padding: 1.25rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1.25rem; margin: 0 }
  dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
  code, pre { font: .875rem/1.5 ui-monospace, monospace } code { color: var(--mark) }
  pre { margin: .5rem 0 0; padding: .9rem 1rem; overflow-x: auto; background: var(--back); border-radius: .5rem }
  footer { margin-top: 2rem; color: var(--soft); font-size: .9rem }`;

/** `url`: absolute, where messages go. */
export function page(url: string): string {
  const names = DATASTORES.map(({ name, types }) => {
    const offered = types.map(({ type, version }) => `${type} ${version}`).join(', ');
    return `<dt><code>${escaped(name)}</code></dt><dd>${escaped(offered)}</dd>`;
  });
  const setup = { url, login: 'LOGIN', password: 'PASSWORD' };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SyncML server</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>SyncML server</h1>
<p class="lead">Keeps contacts, calendar, tasks and notes the same on phones, desktop clients and a CRM.</p>
<section>
<h2>Settings for a client</h2>
<dl>
<dt>Server URL</dt><dd><code>${escaped(url)}</code></dd>
<dt>Protocol</dt><dd>SyncML / OMA Data Synchronization 1.0, 1.1 and 1.2, as XML or WBXML</dd>
<dt>Login</dt><dd>the one you were given; <code>md5</code> and <code>basic</code> both work</dd>
</dl>
</section>
<section>
<h2>Names of the databases</h2>
<dl>
${names.join('\n')}
</dl>
</section>
<section>
<h2>See a sync</h2>
<p>In a copy of this project, with your own login and password; needs Node alone. Two folders become devices:
the contact of the first is in <code>.devices/laptop/contacts</code> then.</p>
<pre>${escaped(deviceCommands(setup).join('\n'))}</pre>
<p>The same with SyncEvolution, where that is installed:</p>
<pre>${escaped(clientCommand(setup))}</pre>
<p>Phones, Outlook and others: <code>docs/clients.md</code> in the project goes through their dialogs.</p>
</section>
<footer>State of this server: <a href="/health">/health</a></footer>
</main>
</body>
</html>
`;
}

const ENTITIES: { readonly [char: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
/** The URL holds the Host header, which anybody can write. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
