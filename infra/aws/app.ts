import { Code } from 'aws-cdk-lib/aws-lambda';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { BUNDLES, bundleDoors } from '../build.ts';
import { builtConsole } from '../console.ts';
import { houseOnAws, strictApp } from './house.ts';

/** Bundles the doors, builds the console and writes the templates: for `npm run synth`, and for the CDK when it deploys. */
const root = path.join(import.meta.dirname, '..', '..');
const { context } = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8')));

await bundleDoors();
const app = strictApp(context, process.env['CDK_OUTDIR'] ?? path.join(root, 'cdk.out'));
houseOnAws(app, Code.fromAsset(BUNDLES), Source.asset(await builtConsole()));
app.synth();
if (!process.env['CDK_OUTDIR']) console.log('The templates stand in cdk.out.');
