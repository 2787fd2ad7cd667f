import { inkOn, readableOn } from './colour.ts';

const LIGHT = { paper: '#f7f4ef', card: '#ffffff' };
const DARK = { paper: '#161311', card: '#211d1a' };

/** The one style of every public page, in the brand's colour as far as it can be read. */
export function styleFor(brandColour: string): string {
  const light = readableOn(brandColour, [LIGHT.paper, LIGHT.card]);
  // Brighter than it must be: a colour that is only just readable looks dull on black.
  const dark = readableOn(brandColour, [DARK.card, DARK.paper], 7);
  return squeezed(`
:root{color-scheme:light dark;--paper:${LIGHT.paper};--card:${LIGHT.card};--ink:#1f1a17;--soft:#645b54;
--line:#dcd5cb;--edge:#8b8178;--go:${light};--on:${inkOn(light)};--bad:#a3201b}
@media(prefers-color-scheme:dark){:root{--paper:${DARK.paper};--card:${DARK.card};--ink:#f3ede6;--soft:#b8ada3;
--line:#3d3631;--edge:#8b8178;--go:${dark};--on:${inkOn(dark)};--bad:#ff9d93}}
${RULES}`);
}

const RULES = `
*{box-sizing:border-box}
html{text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 ui-serif,"Iowan Old Style",Charter,Georgia,serif;overflow-wrap:anywhere}
header,main,footer{max-width:35rem;margin:auto;padding-inline:1.25rem}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;column-gap:1rem;padding-top:.75rem}
header,button,.btn,label,input,select,.s,.t,.bad,dt,footer{font-family:system-ui,sans-serif}
header b{font-size:1rem}header img{display:block;max-height:2.5rem;max-width:12rem}
nav{display:flex;gap:.25rem}
nav a,nav span{display:inline-flex;align-items:center;min-height:3.25rem;padding-inline:.5rem;font-size:.9375rem}
nav span{font-weight:600}nav a{color:var(--soft)}
h1{font-size:1.75rem;line-height:1.2;margin:.75rem 0;text-wrap:balance}
h2,legend{font-size:1.125rem;font-weight:600;line-height:1.3;margin:0;padding:0;text-wrap:balance}
h2{margin-bottom:.5rem}.card *+h2{margin-top:1.5rem}p{margin:.5rem 0;text-wrap:pretty}
.s{color:var(--soft);font-size:.9375rem;line-height:1.45}
a{color:var(--go);text-underline-offset:.2em}
.links{display:flex;flex-wrap:wrap;column-gap:1.5rem}.links a,.links button{display:inline-flex;align-items:center;min-height:3.25rem}
.card{background:var(--card);border:1px solid transparent;border-radius:.875rem;padding:1.125rem;margin:1rem 0}
.card>:first-child,.card>form:first-child>:first-child{margin-top:0}.card>:last-child,.card>form>:last-child{margin-bottom:0}
button,.btn{display:flex;align-items:center;justify-content:center;width:100%;min-height:3.25rem;margin:.625rem 0;padding:.5rem 1rem;
border:1.5px solid var(--go);border-radius:.75rem;background:transparent;color:var(--go);font-size:1.0625rem;font-weight:600;line-height:1.25;text-align:center;text-decoration:none;cursor:pointer}
button.go{background:var(--go);color:var(--on)}
button:hover,.btn:hover{box-shadow:0 0 0 1px var(--go)}
:focus-visible{outline:3px solid var(--go);outline-offset:3px}
fieldset{border:0;margin:1.75rem 0;padding:0;min-width:0}
[type=hidden]:first-child+*{margin-top:0}legend+*{margin-top:.5rem}fieldset>p{margin:.25rem 0 .5rem}
.o{display:flex;gap:.75rem;min-height:3.25rem;padding:.8rem .875rem;margin-top:.5rem;line-height:1.4;border:1px solid var(--line);border-radius:.75rem;cursor:pointer}
.o:has(:checked){border-color:var(--go);box-shadow:inset 0 0 0 1px var(--go)}
.o:has(:focus-visible){outline:3px solid var(--go);outline-offset:2px}.o :focus-visible{outline:0}
.o input{flex:none;width:1.375rem;height:1.375rem;margin:.05rem 0 0;accent-color:var(--go)}
.o span span{display:block}.s b{display:block;font-weight:500;color:var(--ink)}
.g{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(8.5rem,100%),1fr));gap:.5rem;margin-top:.5rem}.g .o{margin:0}
.t{margin:1.25rem 0}.t legend{font-size:1rem}.t p{margin:0}.t .g{grid-template-columns:repeat(auto-fit,minmax(min(5.5rem,100%),1fr))}
.t .o{flex-direction:column;align-items:center;gap:.375rem;padding:.625rem .375rem;font-size:.9375rem;text-align:center}
.w{grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr))}
.f{display:block;margin-top:1rem;font-weight:600}.f+.s{margin:.125rem 0 0}
input:not([type=radio],[type=checkbox]),select{display:block;width:100%;min-height:3.25rem;margin-top:.375rem;padding:.5rem .875rem;
border:1px solid var(--edge);border-radius:.75rem;background:var(--card);color:var(--ink);font-size:1.0625rem}
[aria-invalid]{border:2px solid var(--bad)!important}.bad{color:var(--bad);font-weight:600;font-size:.9375rem}
.note{border-color:var(--go)}
.hp{position:absolute;inset-inline-start:-99rem}
dl{margin:0}dt{font-weight:600;font-size:.9375rem;margin-top:.75rem}dd{margin:0}
ul{margin:.5rem 0;padding-inline-start:1.25rem}
summary{padding:.85rem 0;cursor:pointer;text-decoration:underline;text-underline-offset:.2em;color:var(--go)}
footer{padding-block:1.5rem 2.5rem;color:var(--soft);font-size:.875rem}
.skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static}
@media(min-width:48rem){body{padding-top:1.5rem}.card{padding:1.75rem}h1{font-size:2.125rem}}
@media(forced-colors:active){.o:has(:checked){outline:2px solid Highlight}.card{border-color:CanvasText}}
`;

function squeezed(style: string): string {
  return style.replace(/\n/g, '').trim();
}
