import { inkOn, readableOn } from './colour.ts';

/** The colours by day and by night. */
export const PAPER = {
  page: '#f6f3ee',
  card: '#ffffff',
  ink: '#241d1c',
  quiet: '#665d59',
  line: '#e4ddd4',
};
export const NIGHT = {
  page: '#161211',
  card: '#221c1b',
  ink: '#f1ebe6',
  quiet: '#b5aaa4',
  line: '#3b3331',
};
export const SERIF = "Georgia,'Iowan Old Style','Times New Roman',serif";
export const SANS = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The width of the column and of what stands in it; Outlook reads no maximum. */
export const COLUMN_PX = 600;
export const INNER_PX = 520;

/** How the Markdown letter looks. Styles stand on the elements, because some mail programs drop the head. */
export type Look = {
  readonly elements: Readonly<Record<string, string>>;
  readonly css: string;
  readonly page: string;
  readonly card: string;
  readonly head: string;
  readonly name: string;
  readonly foot: string;
  readonly footLink: string;
  readonly button: { readonly cell: string; readonly link: string; readonly colour: string };
  readonly picture: string;
};

export function lookOf(colour: string): Look {
  const link = readableOn(PAPER.card, colour);
  const quietLink = readableOn(PAPER.page, PAPER.quiet);
  const heading = `margin:0 0 14px;font-family:${SERIF};font-weight:bold;color:${PAPER.ink};line-height:1.25`;
  return {
    elements: {
      p: 'margin:0 0 18px',
      h1: `${heading};font-size:28px`,
      h2: `${heading};font-size:22px;margin:30px 0 12px`,
      h3: `${heading};font-size:18px;margin:24px 0 8px`,
      h4: `${heading};font-size:17px;margin:20px 0 6px`,
      a: `color:${link};text-decoration:underline;text-underline-offset:2px`,
      ul: 'margin:0 0 18px;padding:0 0 0 22px',
      ol: 'margin:0 0 18px;padding:0 0 0 24px',
      li: 'margin:0 0 6px',
      blockquote: `margin:0 0 18px;padding:2px 0 2px 18px;border-left:3px solid ${PAPER.line};color:${PAPER.quiet};font-style:italic`,
      hr: `border:0;border-top:1px solid ${PAPER.line};margin:28px 0`,
      code: 'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em',
      pre: 'margin:0 0 18px;white-space:pre-wrap;font-size:15px',
      table: 'border-collapse:collapse;width:100%;margin:0 0 18px',
      th: `text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid ${PAPER.line}`,
      td: `padding:6px 12px 6px 0;border-bottom:1px solid ${PAPER.line}`,
      img: 'max-width:100%;height:auto;border:0',
    },
    css: cssOf(colour),
    page: `margin:0;padding:0;background:${PAPER.page}`,
    card: `background:${PAPER.card};border-radius:14px;padding:40px 40px 24px;font-family:${SERIF};font-size:17px;line-height:1.6;color:${PAPER.ink};text-align:start`,
    head: 'padding:12px 40px 20px;text-align:start',
    name: `font-family:${SANS};font-size:15px;font-weight:600;color:${PAPER.ink}`,
    foot: `padding:24px 40px 12px;font-family:${SANS};font-size:13px;line-height:1.6;color:${PAPER.quiet};text-align:start`,
    footLink: `color:${quietLink};text-decoration:underline`,
    button: {
      colour,
      cell: `background:${colour};border-radius:10px`,
      link: `display:inline-block;padding:15px 28px;font-family:${SANS};font-size:16px;font-weight:600;line-height:1.3;color:${inkOn(colour)};text-decoration:none;border-radius:10px`,
    },
    picture: 'display:block;width:100%;height:auto;border:0;border-radius:10px',
  };
}

/** What cannot stand on an element: the dark, the phone. */
function cssOf(colour: string): string {
  // In the dark a colour that can just be read is loud; a paler one is calm.
  const atNight = readableOn(NIGHT.card, colour, 7.5);
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    'body{-webkit-text-size-adjust:100%;text-size-adjust:100%}',
    '.card a,.foot a{overflow-wrap:anywhere}',
    '@media (max-width:480px){',
    '.card{padding:30px 22px 14px!important}.head{padding:8px 22px 16px!important}.foot{padding:20px 22px 8px!important}',
    '.button,.button a{width:100%!important;box-sizing:border-box!important;text-align:center!important}',
    '}',
    '@media (prefers-color-scheme:dark){',
    `.page{background:${NIGHT.page}!important}.card{background:${NIGHT.card}!important;color:${NIGHT.ink}!important}`,
    `.name,.card h1,.card h2,.card h3,.card h4{color:${NIGHT.ink}!important}`,
    `.card blockquote,.foot,.foot a{color:${NIGHT.quiet}!important}`,
    `.card blockquote,.card hr,.card th,.card td.cell{border-color:${NIGHT.line}!important}`,
    `.card a{color:${atNight}!important}`,
    `.button td{background:${atNight}!important}.card .button a{color:${inkOn(atNight)}!important}`,
    '}',
  ].join('');
}
