import MailComposer from 'nodemailer/lib/mail-composer';
import {
  DESTINATIONS_A_CALL,
  type Destination,
  type MailCall,
  type WireTemplate,
} from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';

/** One mail as its reader gets it: the template with its holes filled. */
export type Letter = {
  readonly at: Instant;
  readonly messageId: string;
  readonly from: MailCall['from'];
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
};

type Call = Pick<MailCall, 'from' | 'replyTo' | 'template'>;
type Envelope = Pick<Letter, 'at' | 'messageId'>;

export function letterOf(
  { from, replyTo, template }: Call,
  { to, data, headers }: Pick<Destination, 'to' | 'data' | 'headers'>,
  envelope: Envelope,
): Letter {
  const fill = (text: string) => text.replace(HOLE, (_, hole: string) => data[hole] ?? '');
  return {
    ...envelope,
    from,
    to,
    ...(replyTo !== undefined && { replyTo }),
    subject: fill(template.subject),
    html: fill(template.html),
    text: fill(template.text),
    headers,
  };
}

/** As it travels: MIME with both parts. Nothing is fetched or read to make it. */
export function mimeOf(letter: Letter): Promise<Buffer> {
  return new MailComposer({
    from: letter.from,
    to: { name: '', address: letter.to },
    ...(letter.replyTo !== undefined && { replyTo: { name: '', address: letter.replyTo } }),
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    // One by one: the composer's own `list` option lets line breaks through.
    headers: Object.entries(letter.headers).map(([key, value]) => ({ key, value: asItIs(value) })),
    date: new Date(letter.at),
    messageId: letter.messageId,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** Plain text is only folded: the composer would take some headers for words to encode. */
function asItIs(value: string) {
  return /^[ -~]*$/.test(value) ? { prepared: true, foldLines: true, value } : value;
}

/** Why a provider would not take these, one answer a destination. */
export function flawsOf(call: MailCall): (string | undefined)[] {
  const { template, destinations } = call;
  const shared = flawOfCall(call);
  const holes = holesOf(template);
  return destinations.map(({ to, data, headers }) => {
    if (shared !== undefined) return shared;
    if (!isAddress(to)) return 'bad-address';
    if (!areHeaders(headers)) return 'bad-header';
    return holes.every((hole) => Object.hasOwn(data, hole)) ? undefined : 'hole-not-filled';
  });
}

function flawOfCall({ from, replyTo, destinations }: MailCall): string | undefined {
  if (destinations.length > DESTINATIONS_A_CALL) return 'too-many-destinations';
  if (!isAddress(from.address) || HARMFUL.test(from.name)) return 'bad-sender';
  if (replyTo !== undefined && !isAddress(replyTo)) return 'bad-reply-address';
  return undefined;
}

/** Looked for once a template, not once a call. */
const holesKnown = new WeakMap<WireTemplate, readonly string[]>();

function holesOf(template: WireTemplate): readonly string[] {
  const known = holesKnown.get(template);
  if (known) return known;
  const { subject, html, text } = template;
  const found = [subject, html, text].flatMap((part) => [...part.matchAll(HOLE)]);
  const holes = [...new Set(found.map(([, hole = '']) => hole))];
  holesKnown.set(template, holes);
  return holes;
}

const HOLE = /\{\{(\w+)\}\}/g;
const HARMFUL = /[\u0000-\u001f\u007f-\u009f]/;
const isAddress = (text: string) => /^[^\s<>(),:;\\"@]{1,64}@[^\s<>(),:;\\"@]{1,255}$/.test(text);

function areHeaders(headers: Destination['headers']): boolean {
  for (const name in headers)
    if (!/^[A-Za-z0-9-]+$/.test(name) || HARMFUL.test(headers[name]!)) return false;
  return true;
}
