import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { houseOnAws, strictApp } from '../../infra/aws/house.ts';
import { settingsOf } from '../../infra/aws/settings.ts';
import { context, noCode, noPages, resources, SYNTH_TAKES, templates } from './house.ts';

const read = (given: Record<string, string>) => settingsOf(new App({ context: given }).node);

describe('the settings of an installation', () => {
  it('need a domain to send from and nothing else', () => {
    expect(read({ 'moderato:senderDomain': 'letters.example.org' })).toEqual({
      senderDomain: 'letters.example.org',
    });
    expect(settingsOf(new App({ context }).node).senderDomain).toBe('example.org');
  });

  it('that are wrong are all named at once', () => {
    expect(() =>
      read({ 'moderato:senderDomain': 'nowhere', 'moderato:alarmEmail': 'nobody' }),
    ).toThrow(/senderDomain[^]*alarmEmail/);
  });

  it('want the public domain and its certificate together', () => {
    const half = {
      'moderato:senderDomain': 'example.org',
      'moderato:publicDomain': 'l.example.org',
    };
    expect(() => read(half)).toThrow(/publicDomain and certificateArn go together/);
  });

  it(
    'put the public domain into every door that writes a link',
    () => {
      const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/a';
      const { disposable } = templates({
        'moderato:publicDomain': 'letters.example.org',
        'moderato:certificateArn': certificate,
      });
      const doors = resources(disposable, 'AWS::Lambda::Function').filter(
        ({ id }) => !id.startsWith('CustomCDK'),
      );
      for (const { Properties } of doors)
        expect(JSON.stringify(Properties)).toContain('https://letters.example.org');
      expect(JSON.stringify(resources(disposable, 'AWS::CloudFront::Distribution'))).toContain(
        certificate,
      );
    },
    SYNTH_TAKES,
  );
});

describe('the validators', () => {
  it('have nothing to say about the house', { timeout: SYNTH_TAKES }, () => {
    const app = strictApp(context);
    houseOnAws(app, noCode(), noPages());
    expect(() => app.synth()).not.toThrow();
  });

  it('stop a template that AWS would refuse', { timeout: SYNTH_TAKES }, () => {
    const app = strictApp({});
    new CfnQueue(new Stack(app, 'Wrong'), 'Queue', { visibilityTimeout: 1_000_000 });
    expect(() => app.synth()).toThrow(/CloudFormation Validate/);
  });

  it('stop one that AWS would take and nobody should make', { timeout: SYNTH_TAKES }, () => {
    const app = strictApp({});
    new Bucket(new Stack(app, 'Open'), 'Bucket');
    expect(() => app.synth()).toThrow(/does not require requests to use SSL/);
  });
});
