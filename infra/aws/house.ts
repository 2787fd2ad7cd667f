import { App, Validations } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Disposable } from './disposable.ts';
import { Durable } from './durable.ts';
import { settingsOf } from './settings.ts';

/** An app in which a finding of a validator is an error, so that no template is written. */
export function strictApp(context: Readonly<Record<string, unknown>>, outdir?: string): App {
  const app = new App({
    context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': true },
    analyticsReporting: false,
    ...(outdir && { outdir }),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** The whole installation: what survives, and what can be made again. */
export function houseOnAws(app: App, code: Code, pages: ISource) {
  const settings = settingsOf(app.node);
  const durable = new Durable(app, 'ModeratoDurable', { settings });
  const disposable = new Disposable(app, 'ModeratoDisposable', { settings, durable, code, pages });
  return { durable, disposable };
}
