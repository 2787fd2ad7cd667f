import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { LocalDate } from '../base/time.ts';
import { inLanguage } from '../people/brand.ts';
import { readBrand } from '../people/store.ts';
import {
  apiRoute,
  cursorOf,
  json,
  jsonBody,
  MomentText,
  momentText,
  mustMatch,
  newApi,
  Page,
  placeIn,
  setVersion,
} from '../team/api.ts';
import { withFallbacks } from './example.ts';
import { Cover, type Issue } from './issue.ts';
import {
  approveIssue,
  changeIssue,
  DayState,
  daysPast,
  daysToCome,
  mixesOf,
  previewAs,
  readDay,
} from './issues.ts';
import { dateOfLetters, letterMailingId } from './mailing.ts';
import { overdueLetters } from './missed-letters.ts';
import { readFiguresOfDay } from './store.ts';

const DAYS_TO_COME = 6;
const tags = ['digests'];
const Day = z.object({
  id: z.iso.date('must be a day, as "2026-12-01"'),
});
const Figures = z.record(z.string(), z.union([z.number(), z.record(z.string(), z.number())]));
const DayView = z
  .object({
    id: z.iso.date(),
    state: DayState,
    frozenAt: MomentText,
    approvedAt: MomentText.nullable(),
    order: z.array(z.int()),
    removed: z.array(z.int()),
    cover: Cover,
    items: z.array(
      z.object({
        number: z.int(),
        title: z.string().describe('in the main language of the house'),
        titles: z.record(z.string(), z.string()).describe('as readers of each language have it'),
        topic: z.string(),
      }),
    ),
    mixes: z.array(z.object({ language: z.string(), items: z.array(z.int()), readers: z.int() })),
    preview: z.object({ subject: z.string(), html: z.string(), text: z.string() }).nullable(),
    figures: Figures,
    missed: z.int(),
    finishedAt: MomentText.nullable().describe('when the last of its letters had left'),
  })
  .meta({ id: 'Digest' });

const list = apiRoute({
  method: 'get',
  path: '/digests',
  scope: 'campaigns:read',
  tags,
  summary: 'The days of letters: the next regular ones, then those that have left, newest first',
  description:
    '"overdue" counts readers (up to 1,000) whose letter should have left hours ago and has not; "missed" those of a day whose letter was not made and got another date.',
  request: { query: Page },
  responses: {
    200: json(
      z.object({
        coming: z.array(z.object({ id: z.iso.date(), paces: z.array(z.string()) })),
        items: z.array(z.object({ id: z.iso.date(), figures: Figures, missed: z.int() })),
        overdue: z.object({ readers: z.int(), since: MomentText.nullable() }),
        next: z.string().nullable(),
      }),
      'A page of days.',
    ),
  },
});
const show = apiRoute({
  method: 'get',
  path: '/digests/{id}',
  scope: 'campaigns:read',
  tags,
  summary: 'The letters of one day',
  description:
    'What each mix of topics will get, in the house’s order. With "as", also the letter of one person as it would leave.',
  request: { params: Day, query: z.strictObject({ as: z.string().max(64).optional() }) },
  responses: { 200: json(DayView, 'The day; its ETag is what a change needs.') },
});
const change = apiRoute({
  method: 'patch',
  path: '/digests/{id}',
  scope: 'campaigns:write',
  tags,
  summary: 'Order, take out, write a cover',
  description:
    'Send If-Match with the ETag that was read. What is taken out waits for its readers’ next letter. From one hour before, the letters are what they are.',
  request: {
    params: Day,
    ...jsonBody(
      z
        .strictObject({
          order: z.array(z.int().positive()).max(100),
          removed: z.array(z.int().positive()).max(100),
          cover: Cover,
        })
        .partial(),
    ),
  },
  responses: { 200: json(DayView, 'The day as it is now.') },
});
const approve = apiRoute({
  method: 'post',
  path: '/digests/{id}/approve',
  scope: 'campaigns:send',
  sends: true,
  tags,
  summary: 'Approve the letters of a day',
  description:
    'Letters that waited for it leave, also those that come late or that complaints had stopped. Approving twice changes nothing.',
  request: { params: Day },
  responses: { 200: json(DayView, 'The day, approved.') },
});

/** The readers' own letters, day by day. */
export function digestsApi(ports: Ports) {
  return newApi()
    .openapi(list, async (c) => {
      const page = c.req.valid('query');
      const brand = await readBrand(ports);
      const items: { id: string; figures: z.infer<typeof Figures>; missed: number }[] = [];
      let last: string | null = null;
      for await (const mailingId of daysPast(ports, placeIn(page))) {
        if (items.length === page.limit) {
          last = letterMailingId(items.at(-1)!.id);
          break;
        }
        const id = dateOfLetters(mailingId) ?? mailingId;
        items.push({ id, ...(await readFiguresOfDay(ports, id)) });
      }
      const coming = daysToCome(brand, ports.now(), DAYS_TO_COME).map(({ date, paces }) => ({
        id: date,
        paces,
      }));
      const { readers, since } = await overdueLetters(ports, brand);
      const overdue = { readers, since: momentText(since) };
      return c.json({ coming, items, overdue, next: last === null ? null : cursorOf(last) }, 200);
    })
    .openapi(show, async (c) => {
      const { id } = c.req.valid('param');
      const { view, version } = await viewOf(ports, id, c.req.valid('query').as);
      setVersion(c, version);
      return c.json(view, 200);
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid('param');
      const { order, removed, cover } = c.req.valid('json');
      const day = await readDay(ports, id);
      mustMatch(c, day.version);
      await changeIssue(ports, id, day.version, (issue: Issue) => ({
        ...issue,
        order: order ?? issue.order,
        removed: removed ?? issue.removed,
        cover: cover ?? issue.cover,
      }));
      const { view, version } = await viewOf(ports, id);
      setVersion(c, version);
      return c.json(view, 200);
    })
    .openapi(approve, async (c) => {
      const { id } = c.req.valid('param');
      await approveIssue(ports, id);
      const { view, version } = await viewOf(ports, id);
      setVersion(c, version);
      return c.json(view, 200);
    });
}

async function viewOf(ports: Ports, date: LocalDate, as?: string) {
  const [brand, day, { mixes, items }] = await Promise.all([
    readBrand(ports),
    readDay(ports, date),
    mixesOf(ports, date),
  ]);
  const preview = as === undefined ? null : await previewAs(ports, date, as);
  if (preview === undefined)
    throw new Problem('not-found', { detail: 'Nothing waits for this person on that day.' });
  const view = {
    id: date,
    state: day.state,
    frozenAt: momentText(day.frozenAt),
    approvedAt: momentText(day.issue.approvedAt),
    order: day.issue.order,
    removed: day.issue.removed,
    cover: day.issue.cover,
    items: [...items.values()].map((item) => {
      const { title } = withFallbacks(ports, brand, item);
      const said = (language: string) => inLanguage(title, language, brand);
      return {
        number: item.number,
        topic: item.topic,
        title: said(brand.language),
        titles: Object.fromEntries(brand.languages.map((one) => [one, said(one)])),
      };
    }),
    mixes: mixes.map((mix) => ({ ...mix, items: [...mix.items] })),
    preview,
    figures: day.figures,
    missed: day.missed,
    finishedAt: momentText(day.mailing?.finishedAt ?? null),
  };
  return { view, version: day.version };
}
