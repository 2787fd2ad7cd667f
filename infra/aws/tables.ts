import { RemovalPolicy } from 'aws-cdk-lib';
import type { TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ATTRIBUTE, DUE_INDEX } from '../../functions/aws/dynamo-item.ts';
import type { Alarms } from './alarms.ts';
import { FIVE_MINUTES } from './alarms.ts';
import type { Grant } from './grant.ts';

/** One sparse index of keys only: a write that moves no due moment costs the index nothing. */
const SHAPE = {
  partitionKey: { name: ATTRIBUTE.pk, type: AttributeType.STRING },
  sortKey: { name: ATTRIBUTE.sk, type: AttributeType.STRING },
  globalSecondaryIndexes: [
    {
      indexName: DUE_INDEX,
      partitionKey: { name: ATTRIBUTE.dueShard, type: AttributeType.NUMBER },
      sortKey: { name: ATTRIBUTE.due, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    },
  ],
  billing: Billing.onDemand(),
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies TablePropsV2;

/** Readers stand apart from all the rest, because an audience is a scan of readers. */
export class Tables extends Construct {
  readonly #people: TableV2;
  readonly #records: TableV2;

  constructor(scope: Construct, id: string, { alarms }: { readonly alarms: Alarms }) {
    super(scope, id);
    this.#people = new TableV2(this, 'People', SHAPE);
    this.#records = new TableV2(this, 'Records', SHAPE);
    for (const [name, table] of Object.entries({ People: this.#people, Records: this.#records }))
      alarms.on(this, `${name}Throttled`, {
        metric: table.metric('WriteThrottleEvents', { statistic: 'Sum', period: FIVE_MINUTES }),
        atLeast: 100,
        means: 'A table refuses writes faster than they can be tried again.',
        article: 'table-throttled',
      });
  }

  grantReadWrite(): Grant<'PEOPLE_TABLE' | 'RECORDS_TABLE'> {
    return {
      settings: { PEOPLE_TABLE: this.#people.tableName, RECORDS_TABLE: this.#records.tableName },
      allow: (door) => {
        const allow = (resources: string[], ...actions: string[]) =>
          door.grantPrincipal.addToPrincipalPolicy(
            new PolicyStatement({ resources, actions: actions.map((name) => `dynamodb:${name}`) }),
          );
        const both = [this.#people.tableArn, this.#records.tableArn];
        allow(both, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
        allow([...both, ...both.map((table) => `${table}/index/${DUE_INDEX}`)], 'Query');
        allow([this.#people.tableArn], 'Scan');
      },
    };
  }
}
