import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule of the validators that does not hold here, and why. */
export function acknowledge(
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void {
  for (const [rule, reason] of Object.entries(reasons))
    Validations.of(construct).acknowledge({ id: rule, reason });
}
