declare module 'mjml' {
  export type MjmlError = {
    readonly line: number;
    readonly message: string;
    readonly tagName: string;
  };
  export default function mjml2html(
    source: string,
    options: {
      readonly validationLevel: 'strict' | 'soft' | 'skip';
      readonly fonts: Readonly<Record<string, string>>;
      readonly keepComments: boolean;
      readonly ignoreIncludes: boolean;
    },
  ): Promise<{ readonly html: string; readonly errors: readonly MjmlError[] }>;
}
