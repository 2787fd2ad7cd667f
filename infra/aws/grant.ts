import type { IGrantable } from 'aws-cdk-lib/aws-iam';

/**
 * What a capability hands to a door: the right to use it and the settings to find it, never one
 * without the other. A door does not compile until its grants name every setting its entry reads.
 */
export type Grant<Setting extends string> = {
  readonly settings: Readonly<Record<Setting, string>>;
  readonly allow: (door: IGrantable) => void;
  /** Where the right is wider than one resource, and why: rule of the validators to reason. */
  readonly wide?: Readonly<Record<string, string>>;
};

type SettingsOf<Any> = Any extends Grant<infer Setting> ? Setting : never;

/** Several grants as one. */
export function together<const Grants extends readonly Grant<string>[]>(
  ...grants: Grants
): Grant<SettingsOf<Grants[number]>> {
  return {
    settings: Object.assign({}, ...grants.map(({ settings }) => settings)) as Record<
      SettingsOf<Grants[number]>,
      string
    >,
    allow: (door) => {
      for (const { allow } of grants) allow(door);
    },
    wide: Object.assign({}, ...grants.map(({ wide }) => wide)) as Record<string, string>,
  };
}
