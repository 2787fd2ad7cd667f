import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const root = path.join(import.meta.dirname, '..', '..');
const { context } = z
  .object({ context: z.looseObject({ 'moderato:senderDomain': z.string() }) })
  .parse(JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8')));

/** Nobody may send in the name of an example; better said here than by AWS after minutes. */
if (/(^|\.)example(\.(org|com|net))?$/.test(context['moderato:senderDomain'])) {
  console.error(
    'Set "moderato:senderDomain" in cdk.json to the domain your letters come from, then deploy again.',
  );
  process.exit(1);
}
const cdk = path.join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const { status } = spawnSync(process.execPath, [cdk, 'deploy', '--all', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
