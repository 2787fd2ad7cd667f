import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { styleFor } from '../../../functions/base/page-style.ts';
import type { Markup } from '../../../functions/base/page.ts';
import { voiceFor } from './voice.ts';

/** The laptop's own pages look like the readers' pages, in a colour that is nobody's brand. */
const STYLE = `${styleFor('#2f5d62')}
header,main,footer{max-width:60rem}
header nav{flex-wrap:wrap}header nav a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:1rem;margin:1.5rem 0}
.tiles .card{margin:0;display:flex;flex-direction:column}.tiles .btn{margin-top:auto}
.mails{list-style:none;margin:1rem 0;padding:0}
.mails a{display:grid;grid-template-columns:1fr auto;gap:.125rem 1rem;padding:.875rem 1.125rem;margin-bottom:.5rem;
border-radius:.75rem;background:var(--card);color:var(--ink);text-decoration:none}
.mails a:hover{box-shadow:0 0 0 1.5px var(--go)}.mails b{font-weight:600}.mails .s{grid-column:1/-1}
.row{display:flex;flex-wrap:wrap;gap:.625rem;align-items:end}.row>*{flex:1 1 8rem}.row label{flex:3 1 14rem}.row form{margin:0}.row button{margin:0}
.facts{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}.facts dt{margin:0}
.tabs{flex-wrap:wrap;border-bottom:1px solid var(--line);margin:1.25rem 0 1rem}.tabs a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none;box-shadow:inset 0 -3px var(--go)}
iframe{display:block;width:100%;height:min(75vh,60rem);border:1px solid var(--line);border-radius:.75rem;background:#fff;color-scheme:light}
pre{background:var(--card);border-radius:.75rem;padding:1.125rem;margin:0;overflow-x:auto;white-space:pre-wrap;font:.875rem/1.5 ui-monospace,Menlo,Consolas,monospace}
code{font:.9em ui-monospace,Menlo,Consolas,monospace}
table{width:100%;border-collapse:collapse}th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);font-size:.9375rem}
.tabs~section{margin-top:2rem}
.now{font-size:clamp(1.75rem,6vw,3rem);line-height:1.15;margin:.25rem 0;font-variant-numeric:tabular-nums}
@media(max-width:40rem){th,td{display:block;border:0;padding:0}td{padding-bottom:.75rem}}`.replace(
  /\n/g,
  '',
);
/** One string, because a space more inside the element would not fit its hash. */
const STYLE_TAG = `<style>${STYLE}</style>`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const policy = (formsLeadTo: string) =>
  [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    // The mark of the page, which is none.
    'img-src data:',
    "frame-src 'self'",
    `form-action 'self' ${formsLeadTo}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const PLACES = [
  ['/', 'place.start'],
  ['/mailbox', 'place.mailbox'],
  ['/clock', 'place.clock'],
  ['/sign-in', 'place.console'],
] as const;

/** One of the laptop's own pages, without a script. */
export async function answerTool(
  c: Context,
  {
    title,
    body,
    status = 200,
    formsLeadTo = '',
  }: {
    title: string;
    body: Markup;
    status?: ContentfulStatusCode;
    /** An origin that the answer to a form of this page may send on to. */
    formsLeadTo?: string;
  },
): Promise<Response> {
  const { language, say } = voiceFor(c);
  const page = await html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say('frame.title', { title })}</title>
        <link rel="icon" href="data:," />
        ${raw(STYLE_TAG)}
      </head>
      <body>
        <a class="skip" href="#main">${say('frame.skip')}</a>
        <header>
          <b>Moderato</b>
          <nav aria-label="${say('frame.places')}">
            ${PLACES.map((place) => placeLink(c, place))}
          </nav>
        </header>
        <main id="main">${body}</main>
        <footer>${say('frame.foot')}</footer>
      </body>
    </html>`;
  return c.html(page, status, {
    'content-language': language,
    'content-security-policy': policy(formsLeadTo),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
}

function placeLink(c: Context, [path, key]: (typeof PLACES)[number]): Markup {
  const here = path === '/' ? c.req.path === path : c.req.path.startsWith(path);
  return html`<a href="${path}" ${here ? html`aria-current="page"` : ''}
    >${voiceFor(c).say(key)}</a
  >`;
}

export function wantsJson(c: Context): boolean {
  const accepts = c.req.header('accept') ?? '';
  return accepts.includes('application/json') && !accepts.includes('text/html');
}
