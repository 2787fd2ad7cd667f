import type { Node } from 'constructs';
import * as z from 'zod';

const domain = z.hostname().regex(/\./, 'must be a whole domain name');

/** What differs from one installation to the next. It stands in `cdk.json` under `context`. */
export const Settings = z
  .strictObject({
    /** The domain that letters come from; its DNS records are among the outputs. */
    senderDomain: domain,
    /** Where readers reach us. Links in letters last for ever: choose it before the first letter. */
    publicDomain: domain.optional(),
    /** A certificate for it in us-east-1, where CloudFront looks. */
    certificateArn: z.string().startsWith('arn:aws:acm:us-east-1:').optional(),
    /** Who owns the house and invites the others: an account is opened for this address. */
    ownerEmail: z.email().optional(),
    /** Who is woken when something is wrong. */
    alarmEmail: z.email().optional(),
  })
  .refine(({ publicDomain, certificateArn }) => !publicDomain === !certificateArn, {
    error: 'publicDomain and certificateArn go together',
  });
export type Settings = z.infer<typeof Settings>;

const PREFIX = 'moderato:';

/** Reads the settings of the app, and names every wrong one at once. */
export function settingsOf(node: Node): Settings {
  const names = Object.keys(Settings.shape);
  const given = names
    .map((name): [string, unknown] => [name, node.tryGetContext(PREFIX + name)])
    .filter(([, value]) => value !== undefined && value !== '');
  const read = Settings.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  throw new Error(`the context in cdk.json is wrong:\n${z.prettifyError(read.error)}`);
}
