import { inkOn, readableOn, tintOf } from '../template/colour.ts';
import { NIGHT, PAPER, SANS, SERIF } from '../template/look.ts';

/** How a letter of blocks looks: the same paper, ink and night as the Markdown letter. */
export type BlockLook = ReturnType<typeof blockLookOf>;

export function blockLookOf(colour: string) {
  const link = readableOn(PAPER.card, colour);
  const tones = { quiet: PAPER.page, brand: tintOf(colour) };
  const words = (size: number, more = '') =>
    `font-family="${SERIF}" font-size="${size}px" line-height="1.6" color="${PAPER.ink}" ${more}`;
  return {
    page: PAPER.page,
    tones,
    card: `background-color="${PAPER.card}" border-radius="14px" padding="40px 40px 22px"`,
    name: `font-family="${SANS}" font-size="15px" font-weight="600" color="${PAPER.ink}" padding="0"`,
    headings: [28, 22, 18].map(
      (size) =>
        `font-family="${SERIF}" font-size="${size}px" font-weight="bold" line-height="1.25" color="${PAPER.ink}" padding="${size === 28 ? 0 : 10}px 0 14px"`,
    ),
    text: words(17, 'padding="0 0 18px"'),
    /** Colours that an author chose for white paper stay on white paper, at night too. */
    own: `${words(17, 'padding="0 0 18px"')} container-background-color="${PAPER.card}"`,
    small: `font-family="${SANS}" font-size="14px" line-height="1.6" color="${PAPER.quiet}" padding="0 0 18px"`,
    rich: {
      p: 'margin:0 0 16px',
      a: `color:${link};text-decoration:underline;text-underline-offset:2px`,
      ul: 'margin:0 0 16px;padding:0 0 0 22px',
      ol: 'margin:0 0 16px;padding:0 0 0 24px',
      li: 'margin:0 0 6px',
    } as Readonly<Record<string, string>>,
    quote: `margin:0;padding:2px 0 2px 18px;border-left:3px solid ${PAPER.line};font-style:italic`,
    by: `margin:8px 0 0;font-family:${SANS};font-size:14px;font-style:normal`,
    role: `font-family:${SANS};font-size:14px;color:${PAPER.quiet}`,
    asked: 'margin:0 0 12px;font-weight:bold',
    answer: `display:inline-block;padding:12px 20px;border:1px solid ${PAPER.line};border-radius:10px;font-family:${SANS};font-size:16px;line-height:1.3;color:${link};text-decoration:none`,
    signed: `font-family:${SERIF};font-size:17px;line-height:1.45`,
    signature: words(17, 'padding="4px 0 20px"'),
    button: `align="left" background-color="${colour}" color="${inkOn(colour)}" font-family="${SANS}" font-size="16px" font-weight="600" line-height="1.3" border-radius="10px" inner-padding="15px 28px" padding="6px 0 24px"`,
    picture: 'align="left" border-radius="10px" padding="0 0 18px" fluid-on-mobile="true"',
    divider: `border-color="${PAPER.line}" border-width="1px" padding="8px 0 26px"`,
    head: [
      '<mj-head>',
      '<mj-raw><meta name="color-scheme" content="light dark"></mj-raw>',
      '<mj-raw><meta name="supported-color-schemes" content="light dark"></mj-raw>',
      '<mj-breakpoint width="480px" />',
      `<mj-style>${cssOf(colour)}</mj-style>`,
      '</mj-head>',
    ],
  };
}

/** What cannot stand on an element: the dark and the phone. */
function cssOf(colour: string): string {
  const atNight = readableOn(NIGHT.card, colour, 7.5);
  const important = (rule: string) => `${rule}!important`;
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    'body{-webkit-text-size-adjust:100%;text-size-adjust:100%}',
    '.ink a,.foot a{overflow-wrap:anywhere}',
    '@media (max-width:480px){',
    `.card>table>tbody>tr>td{${important('padding:30px 22px 14px')}}`,
    `.card{${important('margin:0 10px')}}.head>table>tbody>tr>td{${important('padding:8px 32px 16px')}}`,
    `.side>table>tbody>tr>td{${important('padding:0')}}`,
    `.button table,.button a{${important('width:100%')};${important('box-sizing:border-box')};${important('text-align:center')}}`,
    '}',
    '@media (prefers-color-scheme:dark){',
    `.page,.page>div{background:${important(NIGHT.page)}}`,
    `.card,.card>table{background:${important(NIGHT.card)}}`,
    `.box>table>tbody>tr>td{background:${important(NIGHT.page)}}`,
    `.name div,.ink div,.ink h1,.ink h2,.ink h3{color:${important(NIGHT.ink)}}`,
    `.ink blockquote,.ink span,.foot,.foot p,.foot a{color:${important(NIGHT.quiet)}}`,
    `.ink blockquote,.line p{border-color:${important(NIGHT.line)}}`,
    `.ink a{color:${important(atNight)}}.ink a.answer{border-color:${important(NIGHT.line)}}`,
    `.button td{background:${important(atNight)}}.button a{background:${important(atNight)};color:${important(inkOn(atNight))}}`,
    '}',
  ].join('');
}
