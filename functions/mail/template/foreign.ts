/**
 * Merge tags of other houses' tools, as they stand in letters that people bring along. Mailchimp
 * writes *|FNAME|*, Brevo {{ contact.FIRSTNAME }} or %FIRSTNAME%, MailerLite {$name}.
 */
export type ForeignTag = {
  readonly tag: string;
  /** What it is here; undefined when only its author can say. */
  readonly here: string | undefined;
};

/** Names of the same thing in several tools, in small letters without signs. */
const HERE: Readonly<Record<string, string>> = {
  fname: '{{ person.givenName | default: "" }}',
  firstname: '{{ person.givenName | default: "" }}',
  prenom: '{{ person.givenName | default: "" }}',
  lname: '{{ person.familyName | default: "" }}',
  lastname: '{{ person.familyName | default: "" }}',
  nom: '{{ person.familyName | default: "" }}',
  city: '{{ person.fields.city | default: "" }}',
  ville: '{{ person.fields.city | default: "" }}',
  unsub: '{{ links.unsubscribe }}',
  unsubscribe: '{{ links.unsubscribe }}',
  unsubscribelink: '{{ links.unsubscribe }}',
  updateprofile: '{{ links.preferences }}',
  updateprofilelink: '{{ links.preferences }}',
  preferences: '{{ links.preferences }}',
  archive: '{{ links.view }}',
  mirror: '{{ links.view }}',
  url: '{{ links.view }}',
  listcompany: '{{ brand.name }}',
  company: '{{ brand.name }}',
};

const PATTERNS = [
  /\*\|([A-Za-z_:0-9 ]+)\|\*/g,
  /\{\{\s*(?:contact|params)\.([A-Za-z_0-9]+)\s*(?:\|[^}]*)?\}\}/g,
  /\{\{\s*(unsubscribe|mirror|update_profile)\s*\}\}/g,
  /\{\$([a-z_]+)\}/g,
  /%%([A-Za-z_]+)%%|%([A-Z][A-Z_]{3,})%/g,
];

/** The letter with every tag we know in our own words, and the list of all that were found. */
export function translated(source: string): {
  readonly source: string;
  readonly tags: readonly ForeignTag[];
} {
  const tags = new Map<string, ForeignTag>();
  let text = source;
  for (const pattern of PATTERNS)
    text = text.replace(pattern, (tag, ...names: (string | undefined)[]) => {
      const name = names.find((one) => typeof one === 'string') ?? '';
      const key = name.toLowerCase().replace(/[^a-z]/g, '');
      const here = Object.hasOwn(HERE, key) ? HERE[key] : undefined;
      tags.set(tag, { tag, here });
      return here ?? tag;
    });
  return { source: text, tags: [...tags.values()] };
}
