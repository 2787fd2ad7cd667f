import type { Fault } from './faults.ts';
import * as z from 'zod';
import { Condition } from '../../people/condition.ts';

/** The door that counts who follows an address; undefined for an address that is not counted. */
export type DoorOf = (url: string) => string | undefined;

/** One letter in one language, as its author wrote it. Liquid is allowed in every text of it. */
export type LetterSource = {
  readonly language: string;
  readonly subject: string;
  readonly preheader?: string;
  /** `blocks`: MJML made of blocks, in the house's own look and with its foot always. */
  readonly format: 'markdown' | 'mjml' | 'html' | 'blocks';
  readonly source: string;
  /** Added when no link of the letter always leads to `links.unsubscribe`. */
  readonly footer: { readonly html: string; readonly text: string };
  /** Of blocks that are not for everybody: who sees them, by their id. */
  readonly conditions?: Readonly<Record<string, Condition>>;
  /** How the Markdown layout looks. */
  readonly brand: { readonly name: string; readonly colour: string; readonly logoUrl?: string };
  /** Where fixed links lead through, if they are counted. The text part says where they lead. */
  readonly doorOf?: DoorOf;
};

/** Where a hole stands, which says how its value was escaped. */
export const Place = z.enum(['text', 'attribute', 'url', 'plain', 'subject']);
export type Place = z.infer<typeof Place>;

/** What differs from reader to reader: a piece of Liquid with the escape of its place written in. */
export const Hole = z.object({ name: z.string(), liquid: z.string(), place: Place }).readonly();
export type Hole = z.infer<typeof Hole>;

/** A letter compiled once: fixed text with `{{h0}}` in it, and what fills each. Plain JSON. */
export const Compiled = z
  .object({
    language: z.string(),
    wire: z
      .object({ id: z.string(), subject: z.string(), html: z.string(), text: z.string() })
      .readonly(),
    holes: z.array(Hole).readonly(),
    /** What it asks of the reader's data, as `person.givenName`, in alphabetical order. */
    uses: z.array(z.string()).readonly(),
    /** Who sees a block that is not for everybody, by the block's id. */
    conditions: z.record(z.string(), Condition).readonly().default({}),
  })
  .readonly();
export type Compiled = z.infer<typeof Compiled>;

/** Something the author must mend, where it stands in their own text. */
export type TemplateProblem = {
  readonly fault: Fault;
  readonly where: 'subject' | 'preheader' | 'title' | 'summary' | 'source';
  readonly line: number;
  readonly column: number;
};

/** Gmail hides what comes after some 102 KB; a letter keeps well below. */
export const LETTER_BYTES_MOST = 90 * 1024;
export const SOURCE_LENGTH_MOST = 120_000;
