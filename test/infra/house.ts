import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { houseOnAws } from '../../infra/aws/house.ts';

/** A synthesis takes some seconds on a small machine. */
export const SYNTH_TAKES = 60_000;

const file = readFileSync(path.join(import.meta.dirname, '../../cdk.json'), 'utf8');
export const { context } = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(file));

/** Stands for the code of every door: these tests look at what is around it. */
export const noCode = () => Code.fromInline('exports.handler = async () => undefined;');

/** Stands for the console: what is in its files is not looked at here. */
export const noPages = () => Source.data('index.html', '');

/** Both templates, without the validators, which take seconds and have a test of their own. */
export function templates(settings: Readonly<Record<string, string>> = {}) {
  const app = new App({
    context: { ...context, ...settings },
    builtinCloudFormationValidation: false,
    analyticsReporting: false,
  });
  const { durable, disposable } = houseOnAws(app, noCode(), noPages());
  return { durable: Template.fromStack(durable), disposable: Template.fromStack(disposable) };
}

const Resource = z.looseObject({
  Type: z.string(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.output<typeof Resource> & { readonly id: string };

/** The resources of a template, all or of one type. */
export function resources(template: Template, type?: string): Resource[] {
  const all = z.record(z.string(), Resource).parse(template.toJSON()['Resources']);
  return Object.entries(all)
    .map(([id, resource]) => ({ id, ...resource }))
    .filter(({ Type }) => type === undefined || Type === type);
}
