import type { Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { STANDS_STILL } from '../../functions/mail/stands-still.ts';
import { RUNBOOK } from '../../infra/aws/alarms.ts';
import { resources, SYNTH_TAKES, templates } from './house.ts';

let both: Template[];
beforeAll(() => {
  const { durable, disposable } = templates({ 'moderato:alarmEmail': 'night@example.org' });
  both = [durable, disposable];
}, SYNTH_TAKES);

const alarms = () => both.flatMap((template) => resources(template, 'AWS::CloudWatch::Alarm'));
const runbook = readFileSync(path.join(import.meta.dirname, '../..', RUNBOOK), 'utf8');
const articles = [...runbook.matchAll(/^## (\S+)$/gm)].map(([, article]) => article);

describe('who is woken at night', () => {
  it('is told what it means and which article of the runbook says what to do', () => {
    expect(alarms().length).toBeGreaterThan(10);
    for (const { id, Properties } of alarms()) {
      const description = String(Properties['AlarmDescription']);
      const [, means, article] =
        /^(.{20,}\.) What to do: docs\/runbook\.md#(\S+)$/.exec(description) ?? [];
      expect([id, means]).toEqual([id, expect.any(String)]);
      expect(articles).toContain(article);
    }
  });

  it('is woken for every alarm, and told when it is over', () => {
    for (const { Properties } of alarms()) {
      expect(Properties['AlarmActions']).toHaveLength(1);
      expect(Properties['OKActions']).toEqual(Properties['AlarmActions']);
    }
    expect(
      both
        .flatMap((template) => resources(template, 'AWS::SNS::Subscription'))
        .filter((s) => s.Properties['Protocol'] === 'email')
        .map((s) => s.Properties['Endpoint']),
    ).toEqual(['night@example.org']);
  });

  it('hears of a tick that went silent, though silence makes no figure', () => {
    const stopped = alarms().find(({ id }) => id.includes('TickStopped'));
    expect(stopped?.Properties).toMatchObject({
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
    });
  });

  it('hears of a send that stands still, whichever door of the house noticed it', () => {
    const of = (type: string) => both.flatMap((template) => resources(template, type));
    const filters = of('AWS::Logs::MetricFilter');
    const listened = filters.map(({ Properties }) => JSON.stringify(Properties['LogGroupName']));
    const doors = of('AWS::Lambda::Function').flatMap(({ Properties }) => {
      const { LogGroup: group } = (Properties['LoggingConfig'] ?? {}) as { LogGroup?: unknown };
      return String(Properties['Runtime']).startsWith('nodejs') && group
        ? [JSON.stringify(group)]
        : [];
    });
    expect(doors.length).toBeGreaterThan(5);
    expect(listened).toEqual(expect.arrayContaining(doors));
    const [alarm] = alarms().filter(({ id }) => id.startsWith('SendStandsStill'));
    for (const { Properties } of filters) {
      for (const word of Object.values(STANDS_STILL))
        expect(Properties['FilterPattern']).toContain(`?"${word}"`);
      const [made] = Properties['MetricTransformations'] as Record<string, unknown>[];
      expect(alarm?.Properties).toMatchObject({
        MetricName: made?.['MetricName'],
        Namespace: made?.['MetricNamespace'],
      });
    }
  });
});
