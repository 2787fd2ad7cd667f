import sanitizeHtml from 'sanitize-html';
import type { Marks } from './marks.ts';

const TAGS = `html head body title meta style
  a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em
  figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s
  samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr`;

const EVERYWHERE = `class id style dir lang title role aria-* align valign width height bgcolor border background color`;

const ATTRIBUTES: Readonly<Record<string, string>> = {
  a: 'href name target rel',
  body: 'text link vlink alink',
  col: 'span',
  colgroup: 'span',
  font: 'face size',
  html: 'xmlns xmlns:v xmlns:o',
  img: 'src alt hspace vspace',
  meta: 'name content charset http-equiv',
  ol: 'start type reversed',
  style: 'type media',
  table: 'cellpadding cellspacing summary frame rules',
  td: 'colspan rowspan headers scope abbr nowrap',
  th: 'colspan rowspan headers scope abbr nowrap',
  time: 'datetime',
  ul: 'type',
};

const list = (words: string) => words.trim().split(/\s+/);

/**
 * What a letter may hold, and nothing that runs, asks or loads. Outlook's own comments are kept
 * aside meanwhile; other comments go. Liquid stands in the HTML as marks, which no rule touches.
 */
export function sanitise(html: string, marks: Marks): string {
  const { text, kept } = setAside(html, marks);
  const clean = sanitizeHtml(text, {
    allowedTags: list(TAGS),
    allowedAttributes: {
      '*': list(EVERYWHERE),
      ...Object.fromEntries(Object.entries(ATTRIBUTES).map(([tag, names]) => [tag, list(names)])),
    },
    // Every address is judged afterwards, against a closed list and with its line; here a bad one
    // would only go without a word.
    allowedSchemesAppliedToAttributes: [],
    // What an author left empty stays so: an empty `alt` says that a picture is only there to please.
    nonBooleanAttributes: [],
    allowVulnerableTags: true,
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'meta' && /^refresh$/i.test(attribs['http-equiv'] ?? ''),
    parseStyleAttributes: false,
  });
  const styled = clean.replace(
    /(<style[^>]*>)([^]*?)(<\/style>)/g,
    (_, open: string, css: string, close: string) => open + harmlessCss(css) + close,
  );
  return marks
    .split(styled)
    .map((part) =>
      'text' in part
        ? part.text
        : part.kind === 'c'
          ? (kept[part.index] ?? '')
          : marks.as(part.kind, part.index),
    )
    .join('');
}

/** Style sheets may not bring others, nor run what some old programs ran. */
function harmlessCss(css: string): string {
  return css
    .replace(/@import[^;]*;?/gi, '')
    .replace(/@charset[^;]*;?/gi, '')
    .replace(/expression\s*\(|javascript\s*:|behavior\s*:|-moz-binding/gi, 'none:')
    .replace(/<\/?/g, '');
}

/** Outlook's comments, each replaced by a mark. One with something that could run is dropped. */
function setAside(html: string, marks: Marks): { text: string; kept: string[] } {
  const kept: string[] = [];
  let text = '';
  let at = 0;
  for (;;) {
    const begin = html.indexOf('<!--', at);
    const found = begin === -1 ? -1 : html.indexOf('-->', begin + 4);
    if (found === -1) return { text: text + html.slice(at), kept };
    const comment = html.slice(begin, found + 3);
    text += html.slice(at, begin);
    if (isOutlooks(comment) && !RUNS.test(comment)) {
      text += marks.as('c', kept.length);
      kept.push(comment);
    }
    at = found + 3;
  }
}

function isOutlooks(comment: string): boolean {
  return (
    /^<!--\[if [^\]>]*\]>[^]*<!\[endif\]-->$/.test(comment) ||
    /^<!--\[if [^\]>]*\]>(?:<!--\s*|<!)-->$/.test(comment) ||
    /^<!--<!\[endif\]-->$/.test(comment)
  );
}
const RUNS =
  /<\s*\/?\s*(?:script|iframe|object|embed|applet|form|input|button|link|base|svg|math)\b|[\s"'/]on[a-z]+\s*=|javascript\s*:|vbscript\s*:|@import/i;
